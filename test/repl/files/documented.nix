{
  /**
    Adds two numbers.

    # Example

        add 1 2

    - *first*: a number
    - **second**: another `number`, which has a description that does not fit into one line of text
  */
  add = first: second: first + second;

  /** One line. */
  one = x: x;

  /** About a value. */
  value = 1;

  plain = 2;

  /**
    Type: id :: a -> a
  */
  id = { x, ... }: x;

  outer = /** Before the first. */ x: /** Before the second. */ y: x;

  called = { __functor = self: /** Of the functor. */ x: x; };

  nested.deep = /** Deep down. */ x: x;

  /**
    ## Markdown

    Some *emphasis*, some **strength**, some `code`, a [link](https://example.org/), and a line that goes on until it has to be broken, which is the case about here.
    The next line belongs to it.

    1. first
    2. second

       with a second paragraph

    - bullet
      - nested bullet

    > quoted

    ```nix
    fenced 1
      2
    ```


    The\
    end.
  */
  markdown = x: x;
}
