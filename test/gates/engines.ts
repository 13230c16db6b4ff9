/** The engines of the gates over the sample system, and what a specimen is: edits of it, a scope, and the verdict they must get. */
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Evidence, GateName, Scope } from '#kernel';
import { parserProcess, type ParserProcess } from '#adapters/parser-process';
import { doorInTrial } from '#api/trial';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { z3Solver } from '#adapters/z3-solver';
import { type Engines, type Gate, type GateInput, gateInput, type GatesResult, runGates } from '#gates';
import { openHosts } from '#hosts';
import { memoryStore } from '#store/memory';

const shop = fileURLToPath(new URL('../../systems/shop/', import.meta.url));
export const shopFiles: { readonly [path: string]: string } = Object.fromEntries(
  readdirSync(shop, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|json)$/.test(path) && !path.startsWith('.'))
    .map((path) => [path, readFileSync(join(shop, path), 'utf8')]),
);

export interface Workbench {
  readonly base: GateInput;
  readonly reader: ParserProcess;
  readonly engines: Engines;
  /** All gates over the sample system with these edits; `null` removes a file. */
  run(edits: { readonly [path: string]: string | null }, scope: Scope, on?: GateInput): Promise<GatesResult>;
  /** One gate alone over the same. */
  one(
    gate: Gate,
    edits: { readonly [path: string]: string | null },
    scope: Scope,
    on?: GateInput,
    more?: Partial<Engines>,
  ): Promise<Evidence>;
  input(files: { readonly [path: string]: string }): Promise<GateInput>;
  close(): Promise<void>;
}

export async function openWorkbench(): Promise<Workbench> {
  const reader = parserProcess();
  const types = typescriptChecker();
  const solver = z3Solver();
  const hosts = await openHosts({
    size: 1,
    memoryMb: 256,
    user: 'own',
    isolation: 'preferred',
    reachable: join(tmpdir(), 'theseus-gates'),
    log: () => {},
  });
  const memory = trialRun({
    hosts,
    door: doorInTrial,
    begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }),
  });
  const engines: Engines = { reader, types, trial: memory, memory, solver, cpuMs: () => reader.cpuMs() + types.cpuMs() };
  const input = async (files: { readonly [path: string]: string }): Promise<GateInput> => {
    const found = await gateInput(files, engines);
    if ('ok' in found) throw new Error(JSON.stringify(found.problems));
    return found;
  };
  const base = await input(shopFiles);
  return {
    base,
    reader,
    engines,
    input,
    run: (edits, scope, on = base) => runGates(withEdits(on, edits), scope, on, engines),
    one: async (gate, edits, scope, on = base, more = {}) =>
      gate({ ...(await input(withEdits(on, edits))), scope }, on, { ...engines, ...more }),
    close: async () => {
      await Promise.all([reader.close(), types.close(), solver.close(), hosts.close()]);
    },
  };
}

function withEdits(on: GateInput, edits: { readonly [path: string]: string | null }): { readonly [path: string]: string } {
  const files: { [path: string]: string } = { ...on.files };
  for (const [path, text] of Object.entries(edits)) {
    if (text === null) delete files[path];
    else files[path] = text;
  }
  return files;
}

export const scopeOf = (components: Scope['components'], members: readonly string[] = components): Scope => ({ components, members });

/** The text of a sample file with one piece replaced; the piece must be there. */
export function edited(path: string, from: string, to: string): string {
  const text = shopFiles[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return text.replace(from, to);
}

export const verdictOf = (result: GatesResult, gate: GateName): Evidence | undefined =>
  result.evidence.find((evidence) => evidence.gate === gate);
export const told = (result: GatesResult): string =>
  result.evidence
    .map(
      (evidence) =>
        `${evidence.gate} ${evidence.verdict}: ${evidence.findings
          .filter((finding) => finding.verdict !== 'pass')
          .map((finding) => finding.statement)
          .join(' | ')}`,
    )
    .join('\n');
