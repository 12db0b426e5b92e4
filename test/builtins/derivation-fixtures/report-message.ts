/** The message at the end of a report of an error, without the place in the program and the lines of code there. */
export function messageOf(report: string): string {
  const message = report.slice(report.lastIndexOf("error: ") + "error: ".length);
  return message
    .split(/\n +at [^\n]*:\d+:\d+:\n/, 1)[0]!
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}
