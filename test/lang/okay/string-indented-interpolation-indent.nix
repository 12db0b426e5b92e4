let x = "X\n  Y"; in ''
    begin
      ${x}
    end
''
