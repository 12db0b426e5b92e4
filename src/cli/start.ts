// The first thing that Node runs, only as the build puts it together: syntax that any Node parses, so that an old one
// gets a sentence and not a syntax error, and the loading of everything else. That is one script with V8's code cache
// beside it: parsing, compiling and ES modules cost more than evaluating a small file.

/** The file with all the rest, which has its hash in the name; the build defines it. */
declare const mainScript: string;
/** The build makes a CommonJS module of this file. */
declare const require: NodeJS.Require;

/** What is asked of Node in bin/ocinix; V8 refuses a cache that was made with other flags. */
const flags = process.execArgv.join("").replace(/[^\w=]+/g, "_");
const needed = 24;
/** In ms. What takes longer is worth a look at whether its cache could be better. */
const longRun = 150;
const oneWeek = 7 * 24 * 3600 * 1000;

if (Number.parseInt(process.version.slice(1), 10) < needed) {
  process.stderr.write(`ocinix needs Node ${needed} or newer; this is ${process.version} (${process.execPath})\n`);
  process.exit(1);
} else run(process.argv.slice(2));

function run(argv: readonly string[]): void {
  const fs = process.getBuiltinModule("node:fs");
  const { Script } = process.getBuiltinModule("node:vm");
  const folder = import.meta.dirname;
  const filename = `${folder}/${mainScript}`;
  const cache = cacheFile(argv[0]);
  const cachedData = cache === undefined ? undefined : read(cache);
  const script = new Script(fs.readFileSync(filename, "latin1"), { filename, ...(cachedData && { cachedData }) });
  const module: { exports?: { main(argv: readonly string[]): Promise<number> } } = {};
  script.runInThisContext()(module, require, filename, folder);
  module.exports!.main(argv).then((status) => {
    const isFit = cachedData !== undefined && !script.cachedDataRejected;
    if (cache !== undefined && status === 0 && (!isFit || performance.now() > longRun)) {
      restoreFlags();
      improve(cache, script.createCachedData(), isFit ? cachedData.length : 0);
    }
    process.exit(status);
  });

  /** The cache is for a process with the flags that this one began with: see the loading of modules in scripts/build.ts. */
  function restoreFlags(): void {
    const stackSize = process.execArgv.find((flag) => flag.startsWith("--stack-size="));
    if (stackSize !== undefined) process.getBuiltinModule("node:v8").setFlagsFromString(stackSize);
  }

  function read(file: string): Buffer | undefined {
    try {
      return fs.readFileSync(file);
    } catch {
      return undefined;
    }
  }

  /** Writes a cache that holds clearly more code than the last one, of which `size` bytes are good. */
  function improve(file: string, data: Buffer, size: number): void {
    if (data.length < size * 1.1) return;
    const directory = file.slice(0, file.lastIndexOf("/"));
    const temp = `${file}.${process.pid}`;
    try {
      fs.mkdirSync(directory, { recursive: true });
      const descriptor = fs.openSync(temp, "w");
      fs.writeFileSync(descriptor, data);
      // V8 believes what it reads, so a power failure must not leave half of it.
      fs.fsyncSync(descriptor);
      fs.closeSync(descriptor);
      fs.renameSync(temp, file);
      removeOld(directory);
    } catch {
      // The next start takes some milliseconds longer; that is all.
    }
  }

  /** Removes the caches of builds that are gone. */
  function removeOld(directory: string): void {
    for (const name of fs.readdirSync(directory)) {
      const file = `${directory}/${name}`;
      if (!name.startsWith(mainScript) && Date.now() - fs.statSync(file).mtimeMs > oneWeek) fs.unlinkSync(file);
    }
  }
}

/** One for each command, as each runs other code; undefined where there is no home. */
function cacheFile(command: string | undefined): string | undefined {
  const { XDG_CACHE_HOME, HOME } = process.env;
  const home = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`);
  if (!home) return undefined;
  const name = /^[a-z]+$/.test(command || "") ? command : "other";
  return `${home}/ocinix/code/${mainScript}-${process.version}-${process.arch}-${flags}-${name}`;
}
