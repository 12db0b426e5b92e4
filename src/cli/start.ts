// The first thing that Node runs. It must parse on any Node that knows modules, so that an old one gets a sentence and
// not a syntax error; everything else is imported afterwards, through V8's code cache.
const needed = 24;
const found = process.version;

if (Number.parseInt(found.slice(1), 10) < needed) {
  process.stderr.write(`ocinix needs Node ${needed} or newer; this is ${found} (${process.execPath})\n`);
  process.exit(1);
} else {
  const { env } = process;
  const cache = env["XDG_CACHE_HOME"] || (env["HOME"] && `${env["HOME"]}/.cache`);
  if (cache) process.getBuiltinModule("node:module").enableCompileCache(`${cache}/ocinix/code`);
  import("./main.ts").then(async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
  });
}
