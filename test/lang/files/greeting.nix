{ greet }: "${greet}, ${name}!"
