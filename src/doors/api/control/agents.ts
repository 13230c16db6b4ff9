/**
 * /_theseus/describe, context and sources: what whoever writes code must know: kinds, layout, policy in short, contracts and
 * texts of what serves. Contracts and sources alone: never a row, never a secret.
 */
import {
  type ComponentVersion,
  type Digest,
  type Generation,
  isDigest,
  isRefusal,
  type Policy,
  refuse,
  type Refusal,
  type RiskClass,
} from '#kernel';
import { handedInCaps, kindGuides, printDeclarations, shortForm, type SystemModel, testPathOf, testsGuide, writingOf } from '#model';
import type { ComponentRecord } from '../control-reads.ts';
import { nearest } from '../nearest.ts';
import type { ContextJson, ContextPiece, DescriptionJson, SourcesJson } from '../resources.ts';
import { contextFor, kindsSpokenOf } from './context.ts';
import { type ControlParts, type ControlRoute, ok } from './control-route.ts';

const mostListed = 300;

export function agentRoutes({ machine, reads }: ControlParts): readonly ControlRoute[] {
  async function serving(): Promise<{ readonly generation: Generation; readonly records: readonly ComponentRecord[] } | Refusal> {
    const id = machine.current()?.generation;
    const generation = id === undefined ? null : await reads.generation(id);
    if (generation === null) return refuse('unavailable', 'The system has no generation yet.');
    return { generation, records: await reads.components(generation) };
  }
  async function pieces(
    generation: Generation,
    model: SystemModel,
    records: readonly ComponentRecord[],
    whole: ReadonlySet<string>,
  ): Promise<readonly ContextPiece[]> {
    const versions = new Map(generation.components.map((version) => [version.path, version]));
    const texts = await reads.sources(
      records.flatMap(({ path }) => {
        const version = versions.get(path);
        return version === undefined || !whole.has(path) ? [] : digestsOf(version);
      }),
    );
    return records.map((record): ContextPiece => {
      const version = versions.get(record.path);
      const shown = version !== undefined && whole.has(record.path);
      return {
        component: keyOf(record),
        path: record.path,
        what: record.head.what,
        why: record.head.why,
        short: shortForm(record, model, {}),
        text: shown ? (texts.get(version.source) ?? null) : null,
        tests: shown && version.tests !== undefined ? (texts.get(version.tests) ?? null) : null,
      };
    });
  }

  return [
    {
      method: 'GET',
      path: 'describe',
      need: 'ask',
      run: async () => {
        const now = await serving();
        const running = machine.current();
        if (isRefusal(now)) return now;
        if (running === null) return refuse('unavailable', 'The system has no generation yet.');
        const { settings } = running.model;
        const { policy } = settings;
        const description: DescriptionJson = {
          name: settings.name,
          generation: running.generation,
          currency: settings.currency.code,
          timeZone: settings.timeZone,
          roles: settings.roles.map((role) => role.name),
          kinds: kindGuides.map(({ kind, folder, what, says }) => ({ kind, folder, what, says })),
          tests: testsGuide.says,
          layout: layoutText,
          policy: {
            ask: policy.ask,
            approve: policy.approve,
            autonomy: policy.autonomy,
            approvals: policy.approvals,
            gates: policy.gates,
            goesLive: { low: goesLive(policy, 'low'), medium: goesLive(policy, 'medium'), high: goesLive(policy, 'high') },
            handedIn:
              'Code that is handed in is of medium risk at least; what reaches outside, sees sensitive values or opens rows is of high risk.',
          },
          caps: { ...handedInCaps },
          components: now.records
            .slice(0, mostListed)
            .map((record) => ({ component: keyOf(record), path: record.path, what: record.head.what })),
          more: Math.max(0, now.records.length - mostListed),
        };
        return ok(description);
      },
    },
    {
      method: 'GET',
      path: 'context',
      need: 'ask',
      query: ['component', 'question', 'kind'],
      run: async ({ query }) => {
        const now = await serving();
        if (isRefusal(now)) return now;
        const { generation, records } = now;
        const [component, question, kind] = [query.get('component'), query.get('question'), query.get('kind')];
        const kindNames = kindGuides.map((guide) => guide.kind).join(', ');
        if ([component, question, kind].filter((each) => each !== null).length !== 1)
          return refuse(
            'invalid',
            `Say which component (component=entity/order), put a question (question=...), or name a kind to see how it is written (kind=${kindGuides[0]?.kind ?? ''}; kinds are ${kindNames}).`,
            { fields: { component: 'one of component, question and kind is required' } },
          );
        if ((question ?? '').length > 1_000) return refuse('too-large', 'A question has at most 1000 characters.');
        const model = machine.current()?.model;
        if (model === undefined) return refuse('unavailable', 'The system has no generation yet.');
        const found = kind === null ? contextFor(records, component, question) : { chosen: [], neighbours: [] };
        const spokenOf = new Set<string>(kind === null ? kindsSpokenOf(question ?? '') : [kind]);
        const guides = kindGuides.filter((guide) => spokenOf.has(guide.kind));
        if (found.chosen.length === 0 && guides.length === 0) {
          if (kind !== null) return refuse('not-found', `There is no kind ${kind.slice(0, 80)}; kinds are ${kindNames}.`);
          const written = `How a kind is written is told by kind: ${kindNames}.`;
          if (component === null)
            return refuse('not-found', `Nothing of this system answers to these words. All components are listed by describe. ${written}`);
          const near = nearest(component, records.map(keyOf));
          return refuse(
            'not-found',
            `There is no component ${component.slice(0, 80)}.${near === undefined ? '' : ` The nearest is ${near}.`} ${written}`,
          );
        }
        const whole = new Set(found.chosen.map((record) => record.path));
        // Whoever names a kind is told all of it; beside a component that was named the guide is enough; a question is answered with components.
        const kinds = new Set<string>([...spokenOf, ...(component === null ? [] : found.chosen.map((record) => record.contract.kind))]);
        const context: ContextJson = {
          generation: generation.id,
          components: await pieces(generation, model, found.chosen, whole),
          neighbours: await pieces(generation, model, found.neighbours, new Set()),
          kinds: kindGuides
            .filter((guide) => kinds.has(guide.kind))
            .map(({ kind: name, what, says, path, example }) => ({ kind: name, what, says, path, example })),
          writing: writingOf(spokenOf),
          tests: testsGuide,
        };
        return ok(context);
      },
    },
    {
      method: 'GET',
      path: 'sources',
      need: 'ask',
      query: ['generation'],
      run: async ({ query }) => {
        const running = machine.current();
        const wanted = query.get('generation') ?? running?.generation ?? '';
        const generation = isDigest(wanted) ? await reads.generation(wanted) : null;
        if (generation === null) return refuse('not-found', `There is no generation ${wanted.slice(0, 80)}.`);
        const answer: SourcesJson = {
          generation: generation.id,
          files: await filesOf(generation),
          declarations: running !== null && running.generation === generation.id ? printDeclarations(running.model) : null,
        };
        return ok(answer);
      },
    },
  ];

  async function filesOf(generation: Generation): Promise<{ readonly [path: string]: string }> {
    const digests = new Map<string, Digest>([['theseus.json', generation.settings]]);
    for (const version of generation.components) {
      digests.set(version.path, version.source);
      if (version.tests !== undefined) digests.set(testPathOf(version.path), version.tests);
    }
    const texts = await reads.sources([...new Set(digests.values())]);
    return Object.fromEntries([...digests].map(([path, digest]) => [path, texts.get(digest) ?? '']));
  }
}

/** In words, since `autonomy` and `approvals` are easily misread together. */
function goesLive({ autonomy, approvals, approve }: Policy, risk: RiskClass): string {
  if (autonomy[risk] === 'off') return 'never: policy lets no such change in';
  if (autonomy[risk] === 'act') return 'by itself, once every gate has passed';
  const number = Math.max(1, approvals[risk]);
  return `after ${number === 1 ? 'one approval' : `${number} approvals`} of ${approve.join(' or ')}`;
}

const keyOf = (record: ComponentRecord): string => `${record.contract.kind}/${record.contract.name}`;
const digestsOf = (version: ComponentVersion): readonly Digest[] => [
  version.source,
  ...(version.tests === undefined ? [] : [version.tests]),
];

const layoutText =
  "One small TypeScript file a component, in the folder of its kind, in kebab-case; its tests beside it as <name>.test.ts. A file opens with a doc comment that says what it is and, on a line `why: ...`, why it exists; lines change, generator and date are filled in. It imports only 'theseus/sdk' and other components, and has one default export. Permanent ids (id, itemId, ids of choices) and numbers (no) are for life: never alter or reuse one; leave them out for what is new. A field that goes is kept as retired. theseus.json is the owner's.";
