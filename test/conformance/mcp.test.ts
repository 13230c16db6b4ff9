/**
 * The conformance suite of the Model Context Protocol, run against our own HTTP server and door with the fixtures that it looks
 * for. What is expected to fail stands in a file for each revision, each line with its reason; a line that passes fails the run.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type McpDoor, openMcpDoor } from '#mcp';
import { serveSpecimen, type ServedSpecimen } from '../../src/doors/api/specimen/serve-specimen.ts';
import { fixtures } from './mcp-fixtures.ts';

const suite = join(import.meta.dirname, '../../node_modules/@modelcontextprotocol/conformance/dist/index.js');
let shop: ServedSpecimen;
let door: McpDoor | undefined;
let withKey: { readonly url: string; close(): void };
before(async () => {
  shop = await serveSpecimen({
    mcp: async (where) => (door = openMcpDoor({ ...where, version: '1', log: () => {}, factory: fixtures(() => door?.swapped()) })),
  });
  withKey = await keyBearer(shop.url);
});
after(async () => {
  withKey.close();
  await shop.close(0);
});

for (const revision of ['2026-07-28', '2025-11-25'])
  test(`what revision ${revision} of the protocol requires of a server is met, but for what is listed`, async () => {
    const results = mkdtempSync(join(tmpdir(), 'theseus-mcp-'));
    const expected = join(import.meta.dirname, `mcp-expected-failures.${revision}.yaml`);
    const words = [
      suite,
      'server',
      '--url',
      `${withKey.url}/mcp`,
      '--requirements',
      revision,
      '--expected-failures',
      expected,
      '-o',
      results,
    ];
    const { code, said } = await new Promise<{ code: number; said: string }>((ended) => {
      execFile(process.execPath, words, { timeout: 120_000, maxBuffer: 20_000_000 }, (error, stdout, stderr) =>
        ended({ code: error === null ? 0 : 1, said: stdout + stderr }),
      );
    });
    rmSync(results, { recursive: true, force: true });
    assert.equal(code, 0, said.slice(-6_000));
    assert.match(said, /passed/i);
  });

/** The suite brings no key: this stands before the server, and adds one. Host and Origin stay as they were sent. */
function keyBearer(url: string): Promise<{ readonly url: string; close(): void }> {
  const { hostname, port } = new URL(url);
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, authorization: 'Bearer key_owner' };
    const onward = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}
