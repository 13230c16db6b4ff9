/** The kernel takes a change back by itself: a machine in this process, real PostgreSQL, real hosts, a generation that brings harm. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { type Caller, changeId, digest, instant, isRefusal, type JsonObject } from '#kernel';
import { openHosts } from '#hosts';
import { openMachine } from '#machine';
import { generationOfReading, operationNamed, readSettings, type SystemReading } from '#model';
import { openStore, type PlainValues } from '#store';
import { applySchema } from '#store/migrate';
import { loadChangeEvents, openPool, saveComponents, saveGeneration, saveRequest, saveSources } from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { parserProcess } from '#adapters/parser-process';
import { systemFiles } from '../../scripts/throw-away-system.ts';
import { openKernelLog } from '../../src/machine/kernel-log.ts';
import { digestOfText } from '../../src/machine/signatures.ts';
import { storedOf } from '../../src/machine/second-reading.ts';

const harm = `/**
 * Counts.
 *
 * why: it shows what becomes of a change that brings harm
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { boolean, operation } from 'theseus/sdk';

export default operation({
  id: 'o_coun',
  name: 'countUp',
  http: { method: 'POST', path: '/api/counts', status: 200 },
  input: { hard: boolean({ id: 'f_chard', no: 1 }) },
  capabilities: {},
  async run({ input }) {
    let at = 0;
    while (input.hard === true && at < 1e12) at += 0.5;
    return null;
  },
});
`;
const owner: Caller = { id: 'o', name: 'Olga', roles: ['owner'] };

test('a change whose component proves its guilt three times is taken back without a person, and the change says so', async () => {
  const server = await startThrowAwayServer();
  const pool = openPool(server.url('kernel', 'theseus'), { max: 8, onError: () => {} });
  const store = openStore({ dataUrl: server.url('data', 'theseus') });
  const hosts = await openHosts({
    size: 1,
    memoryMb: 256,
    cpuMs: 150,
    log: () => {},
    user: 'own',
    isolation: 'preferred',
    reachable: tmpdir(),
  });
  const reader = parserProcess();
  const pair = generateKeyPairSync('ed25519');
  const keys = {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
  const migrate = async (_generation: string, model: Parameters<typeof applySchema>[1]): Promise<void> =>
    void (await applySchema(server.url('owner', 'theseus'), model));
  const machine = await openMachine({ pool, store, hosts, reader, readSettings, keys, migrate, clock: Date.now, log: () => {} });
  try {
    const first = systemFiles('systems/shop');
    await machine.install(first);
    const before = machine.current()?.generation;
    assert.ok(before !== undefined);

    const files = { ...first, 'operations/count-up.ts': harm };
    const reading = (await reader.read(files)) as unknown as Extract<SystemReading, { ok: true }>;
    const generation = generationOfReading(files, reading);
    const change = changeId('0190c2d4-0000-7000-8000-000000000001');
    await saveRequest(pool, { id: change, text: 'Count up', by: owner.id, roles: owner.roles, askedAt: instant(Date.now()) });
    await saveSources(
      pool,
      Object.values(files).map((text) => ({ digest: digestOfText(text), text })),
    );
    await saveComponents(
      pool,
      reading.components.map((component) => storedOf(files, component)),
    );
    await saveGeneration(pool, generation, before, change);
    await migrate(generation.id, reading.model);
    const { policy } = reading.settings;
    const log = await openKernelLog(pool, keys);
    const at = instant(Date.now());
    const admitted = await log.perform({
      kind: 'admit',
      at,
      by: owner,
      facts: {
        certificate: digest(`sha256:${'c'.repeat(64)}`),
        signatureValid: true,
        subjectMatches: true,
        sourcesComplete: true,
        problems: [],
        changedComponents: ['operation/countUp'],
        changedSources: [digestOfText(harm)],
        changedMembers: [],
        changedTests: [],
        newCapabilities: [],
        newData: [],
        incompatible: [],
        changedFormulas: [],
        handedIn: true,
        askedRegions: {},
        covers: [],
        newGrants: [],
        settingsChanged: 'no',
        policy: { ...policy, autonomy: { low: 'act', medium: 'act', high: 'act' }, gates: { low: [], medium: [], high: [] } },
        predicate: {
          format: 'theseus/certificate/1',
          change,
          generation: generation.id,
          base: before,
          scope: { components: ['operation/countUp'], members: [] },
          risk: 'high',
          autonomy: 'act',
          request: { text: 'Count up', by: owner.id },
          generator: 'person',
          evidence: [],
          issued: at,
        },
      },
    });
    assert.ok(!isRefusal(admitted), JSON.stringify(admitted));
    assert.ok(!isRefusal(await log.perform({ kind: 'activate', at, by: owner, generation: generation.id })));
    await machine.lookAtRouting();

    const running = machine.current();
    assert.equal(running?.generation, generation.id);
    const operation = running === undefined || running === null ? undefined : operationNamed(running.model, 'countUp');
    assert.ok(running !== null && running !== undefined && operation !== undefined);
    const call = async (input: PlainValues): Promise<string> => {
      const { value } = await machine.operate(running, operation, null, input, { caller: owner });
      return isRefusal(value) ? value.code : 'done';
    };
    assert.equal(await call({ hard: false }), 'done');
    for (let times = 0; times < 3; times += 1) assert.equal(await call({ hard: true }), 'component-failed');
    assert.equal(machine.current()?.generation, before);
    const [held] = machine.held();
    assert.deepEqual([held?.component, held?.source, held?.quarantined !== null], ['operation/countUp', digestOfText(harm), true]);
    assert.equal((await machine.health()).quarantined, 1);
    const ended = (await loadChangeEvents(pool, change)).at(-1) as unknown as JsonObject;
    assert.deepEqual([ended['kind'], ended['outcome']], ['ended', 'rolled-back']);
    assert.match(String(ended['why']), /by the kernel itself: operation\/countUp was quarantined, since it computed for longer/);
    // Its rows stay, and it says what would put them back.
    assert.ok(
      String(ended['why']).endsWith(`theseus rollback ${change} --data revert puts it back, and shows first what that would alter.`),
    );
    const again = await openKernelLog(pool, keys);
    assert.deepEqual(
      again.state().line.map((entry) => entry.generation),
      [before],
    );
    // Who entered with the generation that was taken back is not served by it either.
    assert.equal(await call({ hard: false }), 'component-failed');
  } finally {
    await machine.close();
    await hosts.close();
    await reader.close();
    await store.close();
    await pool.end();
    await server.stop();
  }
});
