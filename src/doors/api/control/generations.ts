/** /_theseus/generations: every generation there was, what it is made of, the certificate and the log behind it, and the bundle that proves it offline. */
import {
  contentOf,
  type Digest,
  type Generation,
  isDigest,
  type KernelEvent,
  isRefusal,
  refuse,
  type Refusal,
  type Statement,
} from '#kernel';
import type { CertificateRecord, ControlReads, GenerationRecord, LogRecord } from '../control-reads.ts';
import type { BundleJson, CertificateJson, GenerationDetail, GenerationSummary, LogEntry } from '../resources.ts';
import { isoOf } from './change-json.ts';
import { type ControlParts, type ControlRoute, numberOf, ok } from './control-route.ts';

export function generationRoutes({ machine, reads }: ControlParts): readonly ControlRoute[] {
  async function summaries(records: readonly GenerationRecord[], log: readonly LogRecord[]): Promise<readonly GenerationSummary[]> {
    const serving = machine.current()?.generation ?? null;
    const line = lineOf(log);
    return Promise.all(
      records.map(async (record) => ({
        id: record.id,
        parent: record.parent,
        change: record.change,
        request: record.change === null ? null : ((await reads.change(record.change))?.text ?? null),
        createdAt: record.createdAt,
        serving: record.id === serving,
        inForce: line.includes(record.id),
      })),
    );
  }
  async function found(id: string): Promise<{ readonly record: GenerationRecord; readonly generation: Generation } | Refusal> {
    const records = await reads.generations(10_000);
    const matches =
      id.length < 6 ? [] : records.filter((record) => record.id === id || record.id.startsWith(id) || record.id.startsWith(`sha256:${id}`));
    const [record] = matches;
    if (matches.length > 1) return refuse('ambiguous', `${matches.length} generations begin with ${id.slice(0, 80)}. Give more of the id.`);
    const generation = record === undefined || !isDigest(record.id) ? null : await reads.generation(record.id);
    if (record === undefined || generation === null)
      return refuse('not-found', `There is no generation ${id.slice(0, 80)}. All are listed at /_theseus/generations.`);
    return { record, generation };
  }

  return [
    {
      method: 'GET',
      path: 'generations',
      need: 'steer',
      query: ['limit'],
      run: async ({ query }) => {
        const limit = numberOf(query, 'limit', 100, 1_000);
        return isRefusal(limit) ? limit : ok({ items: await summaries(await reads.generations(limit), await reads.log()), next: null });
      },
    },
    {
      method: 'GET',
      path: 'generations/{id}',
      need: 'steer',
      run: async ({ parameter }) => {
        const one = await found(parameter('id'));
        if (isRefusal(one)) return one;
        const log = await reads.log();
        const [summary] = await summaries([one.record], log);
        if (summary === undefined) return refuse('not-found', 'There is no such generation.');
        const certificate = await reads.certificateOf(one.record.id);
        const detail: GenerationDetail = {
          ...summary,
          settings: one.generation.settings,
          components: one.generation.components.map(({ kind, name, path, source, contract, tests }) => ({
            kind,
            name,
            path,
            source,
            contract,
            tests: tests ?? null,
          })),
          certificate: certificate === null ? null : certificateJson(certificate),
          events: log.filter(({ event }) => speaksOf(event, one.record.id)).map(logEntry),
        };
        return ok(detail);
      },
    },
    {
      method: 'GET',
      path: 'generations/{id}/bundle',
      need: 'steer',
      run: async ({ parameter }) => {
        const one = await found(parameter('id'));
        return isRefusal(one) ? one : ok(await bundleOf(reads, one.generation));
      },
    },
  ];
}

async function bundleOf(reads: ControlReads, generation: Generation): Promise<BundleJson> {
  const digests = [
    generation.settings,
    ...generation.components.flatMap((component) => [component.source, ...(component.tests === undefined ? [] : [component.tests])]),
  ];
  const certificate = await reads.certificateOf(generation.id);
  return {
    format: 'theseus/bundle/1',
    generation: generation.id,
    content: JSON.parse(JSON.stringify(contentOf(generation))) as BundleJson['content'],
    certificate: certificate === null ? null : { digest: certificate.digest, envelope: certificate.envelope },
    sources: Object.fromEntries(await reads.sources([...new Set(digests)])),
    log: (await reads.log()).map(logEntry),
    publicKeys: Object.fromEntries(await reads.publicKeys()),
  };
}

export function certificateJson({ digest, envelope }: CertificateRecord): CertificateJson | null {
  const { predicate } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as Statement;
  return {
    digest,
    envelope,
    risk: predicate.risk,
    scope: predicate.scope,
    generator: predicate.generator,
    evidence: predicate.evidence,
    issued: isoOf(predicate.issued),
  };
}

const logEntry = ({ seq, event, previous, digest, signature }: LogRecord): LogEntry => ({
  seq,
  at: isoOf(event.at),
  event,
  previous,
  digest,
  signature,
});
const speaksOf = (event: KernelEvent, generation: Digest): boolean => 'generation' in event && event.generation === generation;

/** The generations in force: what was activated and not taken back. */
export function lineOf(log: readonly { readonly event: KernelEvent }[]): readonly Digest[] {
  let line: { readonly generation: Digest; readonly change: string | null }[] = [];
  for (const { event } of log) {
    if (event.kind === 'installed') line = [{ generation: event.generation, change: null }];
    else if (event.kind === 'activated') line.push({ generation: event.generation, change: event.change });
    else if (event.kind === 'rolled-back')
      line = line.filter((entry) => entry.change === null || !event.changes.some((change) => change === entry.change));
  }
  return line.map((entry) => entry.generation);
}
