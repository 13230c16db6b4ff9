/** /_theseus/components and sources: what serves now, file by file, and from which request each came. */
import { type ComponentVersion, isDigest, isRefusal, refuse, type Refusal } from '#kernel';
import type { ComponentRecord } from '../control-reads.ts';
import type { ComponentDetail, ComponentSummary } from '../resources.ts';
import { nearest } from '../nearest.ts';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';
import { lineOf } from './generations.ts';

export function componentRoutes({ machine, reads }: ControlParts): readonly ControlRoute[] {
  async function serving(): Promise<
    readonly { readonly version: ComponentVersion; readonly record: ComponentRecord | undefined }[] | Refusal
  > {
    const id = machine.current()?.generation;
    const generation = id === undefined ? null : await reads.generation(id);
    if (generation === null) return refuse('unavailable', 'The system has no generation yet.');
    const records = new Map((await reads.components(generation)).map((record) => [record.path, record]));
    return generation.components.map((version) => ({ version, record: records.get(version.path) }));
  }
  async function lineage(path: string): Promise<ComponentDetail['lineage']> {
    const line = new Set<string>(lineOf(await reads.log()));
    const made: ComponentDetail['lineage'][number][] = [];
    for (const record of [...(await reads.generations(10_000))].reverse()) {
      if (!line.has(record.id)) continue;
      const version = (await reads.generation(record.id))?.components.find((component) => component.path === path);
      if (version === undefined || version.source === made.at(-1)?.source) continue;
      const request = record.change === null ? null : ((await reads.change(record.change))?.text ?? null);
      made.push({ generation: record.id, change: record.change, request, source: version.source, createdAt: record.createdAt });
    }
    return made.reverse();
  }

  function deniedTo(component: string): ComponentDetail['denials'] {
    const { count, last } = machine.denials(component);
    return { count, last: last.map(({ asked, why, write, at }) => ({ asked, why, write, at: new Date(at).toISOString() })) };
  }

  return [
    {
      method: 'GET',
      path: 'components',
      need: 'steer',
      run: async () => {
        const all = await serving();
        return isRefusal(all) ? all : ok({ items: all.map(({ version, record }) => summary(version, record)), next: null });
      },
    },
    {
      method: 'GET',
      path: 'components/{kind}/{name}',
      need: 'steer',
      run: async ({ parameter }) => {
        const all = await serving();
        if (isRefusal(all)) return all;
        const key = `${parameter('kind')}/${parameter('name')}`;
        const one = all.find(({ version }) => `${version.kind}/${version.name}` === key);
        if (one === undefined) {
          const near = nearest(
            key,
            all.map(({ version }) => `${version.kind}/${version.name}`),
          );
          return refuse('not-found', `There is no component ${key.slice(0, 80)}.${near === undefined ? '' : ` The nearest is ${near}.`}`);
        }
        const { version, record } = one;
        const texts = await reads.sources([version.source, ...(version.tests === undefined ? [] : [version.tests])]);
        const detail: ComponentDetail = {
          ...summary(version, record),
          why: record?.head.why ?? '',
          date: record?.head.date ?? '',
          text: texts.get(version.source) ?? '',
          tests: version.tests === undefined ? null : (texts.get(version.tests) ?? null),
          contract: record === undefined ? null : (JSON.parse(JSON.stringify(record.contract)) as ComponentDetail['contract']),
          lineage: await lineage(version.path),
          denials: deniedTo(key),
        };
        return ok(detail);
      },
    },
    {
      method: 'GET',
      path: 'sources/{digest}',
      need: 'steer',
      run: async ({ parameter }) => {
        const digest = parameter('digest');
        const text = isDigest(digest) ? (await reads.sources([digest])).get(digest) : undefined;
        return text === undefined ? refuse('not-found', 'There is no source with this digest.') : ok({ digest, text });
      },
    },
  ];
}

const summary = (version: ComponentVersion, record: ComponentRecord | undefined): ComponentSummary => ({
  kind: version.kind,
  name: version.name,
  path: version.path,
  source: version.source,
  what: record?.head.what ?? '',
  change: record?.head.change ?? '',
  generator: record?.head.generator ?? '',
});
