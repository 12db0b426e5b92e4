# nginx with a configuration and pages from the store, on port 8080 of the container's own network. nginx looks its user up,
# so the container sees the host's list of users.
{
  pkgs ? import <nixpkgs> { },
}:
let
  site = pkgs.writeTextDir "index.html" "<h1>It works</h1>\n";
  config = pkgs.writeText "nginx.conf" ''
    daemon off;
    master_process off;
    user root root;
    pid /tmp/nginx.pid;
    error_log /dev/stderr;
    events { }
    http {
      access_log off;
      client_body_temp_path /tmp/body;
      proxy_temp_path /tmp/proxy;
      fastcgi_temp_path /tmp/fastcgi;
      uwsgi_temp_path /tmp/uwsgi;
      scgi_temp_path /tmp/scgi;
      types { text/html html; }
      server {
        listen 8080;
        root ${site};
      }
    }
  '';
  file = path: {
    type = "none";
    source = path;
    options = [
      "bind"
      "ro"
    ];
  };
in
pkgs.ociTools.buildContainer {
  args = [
    (pkgs.lib.getExe pkgs.nginx)
    "-e"
    "/dev/stderr"
    "-c"
    "${config}"
  ];
  mounts = {
    "/etc/passwd" = file "/etc/passwd";
    "/etc/group" = file "/etc/group";
  };
  readonly = true;
}
