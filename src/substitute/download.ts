// Files over HTTP from servers that stall, break off, refuse for a while or lie. A transfer goes on where it stopped, waits
// longer after each failure, and ends for certain: attempts without progress are counted, and so is the time without it.
import { CacheError } from "./cache-error.ts";

export interface DownloadOptions {
  /** How often it is tried without a new byte. */
  readonly attempts: number;
  /** Before the second attempt; doubled for each one after it. */
  readonly delayMs: number;
  /** The same after HTTP 429 and 503 that do not say how long. */
  readonly rateLimitedDelayMs: number;
  readonly maxDelayMs: number;
  /** No longer than that without a new byte, waiting and all attempts included. */
  readonly stallMs: number;
}

export const defaultDownloadOptions: DownloadOptions = {
  attempts: 5,
  delayMs: 100,
  rateLimitedDelayMs: 5000,
  maxDelayMs: 60_000,
  stallMs: 300_000,
};

/** Worth another attempt. */
class TransientFault extends Error {
  readonly waitMs: number | undefined;
  readonly isRateLimit: boolean;

  constructor(message: string, options: { readonly waitMs?: number | undefined; readonly isRateLimit?: boolean } = {}) {
    super(message);
    this.waitMs = options.waitMs;
    this.isRateLimit = options.isRateLimit ?? false;
  }
}

/** So much of an error page is read for the message. */
const longestQuote = 200;

/**
 * The bytes of an `http:` or `https:` URL, in pieces. With `size`, it is an error when there are more or fewer. Throws
 * CacheError `not-in-cache` when the server says so, `unreachable` when nothing helped, `corrupt-cache` when what it sends
 * cannot be right.
 */
export async function* download(
  url: string,
  options: DownloadOptions,
  size?: number,
): AsyncGenerator<Uint8Array, void, void> {
  const transfer = new Transfer(url, options, size);
  let failures = 0;
  for (;;) {
    const before = transfer.received;
    try {
      yield* transfer.attempt();
      return;
    } catch (error) {
      if (!(error instanceof TransientFault)) throw error;
      failures = transfer.received > before ? 1 : failures + 1;
      const delay = waitAfter(error, failures, options);
      const idle = Date.now() - transfer.lastProgress;
      if (failures >= options.attempts || idle + delay > options.stallMs) {
        const tries = failures === 1 ? "1 attempt" : `${failures} attempts`;
        throw new CacheError(
          "unreachable",
          `unable to download '${url}': ${error.message} (given up after ${tries}, ${Math.round(idle / 100) / 10} s ` +
            "without progress)",
        );
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

function waitAfter(fault: TransientFault, failures: number, options: DownloadOptions): number {
  if (fault.waitMs !== undefined) return fault.waitMs;
  const first = fault.isRateLimit ? options.rateLimitedDelayMs : options.delayMs;
  // Many clients must not come back at the same moment.
  return Math.min(options.maxDelayMs, first * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}

class Transfer {
  /** Bytes given on so far. */
  received = 0;
  /** Milliseconds since 1970. */
  lastProgress = Date.now();
  private readonly url: string;
  private readonly options: DownloadOptions;
  private readonly size: number | undefined;
  /** What identifies this version of the file, so that two are never mixed. */
  private version: string | undefined;

  constructor(url: string, options: DownloadOptions, size: number | undefined) {
    this.url = url;
    this.options = options;
    this.size = size;
  }

  /** The bytes that are still missing. Throws TransientFault or CacheError. */
  async *attempt(): AsyncGenerator<Uint8Array, void, void> {
    if (this.received > 0 && this.received === this.size) return;
    const abort = new AbortController();
    const stall = new TransientFault("the server sends nothing");
    let timer = setTimeout(() => abort.abort(stall), this.timeLeft());
    try {
      const response = await this.request(abort.signal);
      let skip = await this.start(response);
      // A body that is read by hand, because it must be possible to give up while waiting.
      const reader = response.body?.getReader();
      if (reader === undefined) return this.checkEnd();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        clearTimeout(timer);
        this.lastProgress = Date.now();
        const chunk = value.subarray(Math.min(skip, value.length));
        skip -= value.length - chunk.length;
        if (chunk.length > 0) {
          this.received += chunk.length;
          this.checkSize();
          yield chunk;
        }
        // Whoever takes the bytes may have taken its time.
        this.lastProgress = Date.now();
        timer = setTimeout(() => abort.abort(stall), this.timeLeft());
      }
      this.checkEnd();
    } catch (error) {
      if (error instanceof TransientFault || error instanceof CacheError) throw error;
      throw new TransientFault(reasonOf(error));
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }

  private timeLeft(): number {
    return Math.max(1, this.options.stallMs - (Date.now() - this.lastProgress));
  }

  private async request(signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { "accept-encoding": "identity", "user-agent": "ocinix" };
    if (this.received > 0) {
      headers["range"] = `bytes=${this.received}-`;
      if (this.version !== undefined) headers["if-range"] = this.version;
    }
    const url = new URL(this.url);
    if (url.username !== "" || url.password !== "") {
      const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      headers["authorization"] = `Basic ${Buffer.from(user).toString("base64")}`;
      url.username = "";
      url.password = "";
    }
    return await fetch(url, { headers, signal });
  }

  /** Looks at the answer, and gives how many bytes of its body are known already. */
  private async start(response: Response): Promise<number> {
    const { status, headers } = response;
    if (status === 206 && this.received > 0) {
      const from = Number(/^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1]);
      if (from === this.received) return 0;
      throw this.corrupt(`the server sends another part than the one from byte ${this.received} on`);
    }
    if (status === 200) {
      const version = headers.get("etag") ?? headers.get("last-modified") ?? undefined;
      // A weak tag cannot be asked for again.
      const usable = version?.startsWith("W/") ? undefined : version;
      if (this.received > 0 && usable !== this.version) throw this.corrupt("the file changed during the transfer");
      this.version = usable;
      return this.received;
    }
    if (status === 404 || status === 410 || status === 403) {
      throw new CacheError("not-in-cache", `unable to download '${this.url}': HTTP error ${status}`);
    }
    const problem = `HTTP error ${status}${await quoted(response)}`;
    if (status === 429 || status === 503) {
      throw new TransientFault(problem, { isRateLimit: true, waitMs: retryAfter(headers) });
    }
    if (status === 408 || status >= 500) throw new TransientFault(problem);
    throw new CacheError("unreachable", `unable to download '${this.url}': ${problem}`);
  }

  private checkSize(): void {
    if (this.size !== undefined && this.received > this.size) {
      throw this.corrupt(`the server sends more than the ${this.size} bytes that were announced`);
    }
  }

  private checkEnd(): void {
    if (this.size !== undefined && this.received < this.size) {
      throw new TransientFault(`the transfer ended after ${this.received} of ${this.size} bytes`);
    }
  }

  private corrupt(problem: string): CacheError {
    return new CacheError("corrupt-cache", `unable to download '${this.url}': ${problem}`);
  }
}

/** Of the header that says how long to wait, in milliseconds. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** The start of a short error page. */
async function quoted(response: Response): Promise<string> {
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("text/plain")) return "";
  const { value } = (await response.body?.getReader().read()) ?? {};
  const text = Buffer.from(value ?? [])
    .toString("latin1", 0, longestQuote)
    .replace(/[^!-~]+/g, " ")
    .trim();
  return text === "" ? "" : ` (${text})`;
}

/** What fetch says is in the cause of what it throws. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause instanceof AggregateError ? (cause.errors[0]?.message ?? error.message) : cause.message;
}
