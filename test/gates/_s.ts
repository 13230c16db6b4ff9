import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parserProcess } from '#adapters/parser-process';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { gateInput, runGates, warmUp } from '#gates';
import { openHosts } from '#hosts';
import { sentencesGenerator } from '#sentences';
import { openTrialDatabase } from '#store';
import { memoryStore } from '#store/memory';
import { startThrowAwayServer } from '#store/server';
import { shopFiles } from './engines.ts';
const cases = JSON.parse(readFileSync('bench/ask/cases.json', 'utf8'));
const server = await startThrowAwayServer();
const db = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
const reader = parserProcess(); const types = typescriptChecker();
const hosts = await openHosts({ size: 1, memoryMb: 256, user: 'own', isolation: 'preferred', reachable: join(tmpdir(), 'theseus-gates'), log: () => {} });
const memory = trialRun({ hosts, begin: async (p, c) => ({ store: memoryStore(p, c), end: async () => {} }) });
const trial = trialRun({ hosts, prepare: (m) => db.prepare(m), begin: (p, c) => db.begin(p, c), concurrency: 2 });
const engines: any = { reader, types, trial, memory, cpuMs: () => 0 };
const base: any = await gateInput(shopFiles, engines);
await warmUp(base, engines);
let ok = 0, bad = 0, n = 0; const times: number[] = []; const fails: string[] = [];
const only = process.argv[2];
for (const c of cases) {
  if (only && !c.id.startsWith(only)) continue;
  const context: any = { reading: base.reading, sources: base.files, count: async () => 0, change: 'ch-' + c.id, today: '2026-11-23' };
  let u: any;
  try { u = await sentencesGenerator.understand(c.request, context); } catch (e: any) { console.log(c.id, 'UNDERSTAND THREW', e.message); continue; }
  if (u.kind !== 'understood') continue;
  n++;
  let edits: any;
  try { edits = await sentencesGenerator.generate(u.plan, context); } catch (e: any) { console.log(c.id, 'GENERATE THREW', e.stack?.split('\n').slice(0, 3).join(' ')); bad++; continue; }
  const files: any = { ...base.files };
  for (const [p, t] of Object.entries(edits)) if (t === null) delete files[p]; else files[p] = t;
  const t0 = performance.now();
  try {
    const r = await runGates(files, u.scope, base, engines);
    times.push(performance.now() - t0);
    if (r.passed) ok++; else { bad++; console.log(`${c.id} [${c.kind}] ${c.request.slice(0, 110)}\n    ` + r.evidence.filter((e) => e.verdict !== 'pass').map((e) => `${e.gate} ${e.verdict}: ` + e.findings.filter((f) => f.verdict !== 'pass').slice(0, 2).map((f) => f.statement.slice(0, 260)).join(' | ')).join('\n    ')); }
    if (only) { for (const [p, t] of Object.entries(edits)) console.log('-----', p, '\n' + t); console.log(JSON.stringify(r.evidence.at(-1), null, 1)); }
  } catch (e: any) { bad++; console.log(c.id, 'GATES THREW', e.stack?.split('\n').slice(0, 4).join(' ')); }
}
times.sort((a, b) => a - b);
console.log({ understood: n, ok, bad, p50: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] });
await hosts.close(); await db.close(); await server.stop(); await reader.close(); await types.close(); process.exit(0);
