// A server whose answers a test writes, byte by byte if it wants to lie.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface TestServer {
  readonly url: string;
  /** Method, URL and range of every request, in order. */
  readonly requests: readonly string[];
  close(): void;
}

/** The answer also gets how many requests there were before. */
export type TestAnswer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export async function startServer(answer: TestAnswer): Promise<TestServer> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    const { range } = request.headers;
    requests.push(`${request.method} ${request.url}${range === undefined ? "" : ` ${range}`}`);
    answer(request, response, requests.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
