/** From the requests of a plan to the files of a candidate: apply each in turn, print what differs, write its examples. */
import { canonicalJson, type Scope } from '#kernel';
import {
  compareContracts,
  componentKey,
  contractsOf,
  type Example,
  type OperationBody,
  printTests,
  type ReadTests,
  type SourceFiles,
  type SystemModel,
  type SystemReading,
  testsAltered,
  withExamples,
} from '#model';
import { bodyOf } from '../effect/actions.ts';
import { apply } from '../effect/apply.ts';
import { jobBody, reactionBody } from '../effect/unasked-body.ts';
import type { Bodies } from '../effect/uses.ts';
import { echo } from '../echo/request.ts';
import { articleFor } from '../inflection.ts';
import { capitalised, labelOf } from '../names.ts';
import type { Request } from '../request.ts';
import { adapt } from './adapt.ts';
import { alongFlow } from './along-flow.ts';
import { operationName } from './component-names.ts';
import { isRefused } from './example-rows.ts';
import { inSight } from './in-sight.ts';
import { fitted, violates } from './refit.ts';
import { examplesOf } from './examples.ts';
import type { Reason } from './heads.ts';
import { type Files, writeFiles } from './write-files.ts';

type Read = Extract<SystemReading, { ok: true }>;

/** Texts of bodies: of operations by name, of what runs unasked by kind and name. */
export const bodiesOf = (reading: Read, sources: SourceFiles): Bodies =>
  Object.fromEntries(
    reading.components.flatMap((component) => {
      const text = component.code === undefined ? undefined : sources[component.path];
      const name = component.kind === 'operation' ? component.name : `${component.kind}/${component.name}`;
      return text === undefined ? [] : [[name, text.slice(Math.max(0, text.indexOf('async run')))]];
    }),
  );

export function candidateFiles(reading: Read, sources: SourceFiles, requests: readonly Request[], reason: Reason): Files {
  const made = applied(reading, sources, requests, reason.change);
  const files = writeFiles({ reading, sources, model: made.model, reason, bodies: made.bodies, whats: made.whats, renamed: made.renamed });
  for (const [path, text] of testFiles(reading, sources, made.model, requests, reason.change)) if (files[path] !== null) files[path] = text;
  return files;
}

interface AppliedAll {
  readonly model: SystemModel;
  readonly bodies: Map<string, OperationBody>;
  readonly whats: Map<string, string>;
  readonly renamed: { from: string; to: string; entity: string }[];
}
function applied(reading: Read, sources: SourceFiles, requests: readonly Request[], change: string): AppliedAll {
  const made: AppliedAll = { model: reading.model, bodies: new Map(), whats: new Map(), renamed: [] };
  let model = reading.model;
  const effects = { change, bodies: bodiesOf(reading, sources) };
  for (const request of requests) {
    const before = model;
    const outcome = apply(model, request, effects);
    if ('why' in outcome) throw new TypeError(outcome.why);
    model = outcome.model;
    describe(before, model, request, made);
    if (request.act === 'allow') {
      const name = operationName(model, request);
      if (name !== undefined) made.bodies.set(name, bodyOf(model, request));
    }
    if (request.act === 'react' || request.act === 'schedule') {
      const old = new Set([...before.reactions, ...before.jobs].map((each) => each.id));
      const fresh = [...model.reactions, ...model.jobs].find((each) => !old.has(each.id));
      const body = request.act === 'react' ? reactionBody(before, request) : jobBody(before, request);
      if (fresh !== undefined && !('why' in body)) made.bodies.set(fresh.name, body);
    }
    if (request.act === 'renameField') {
      const entity = model.entities.find((each) => each.name === request.owner.entity);
      if (entity !== undefined) made.renamed.push({ from: request.field, to: request.to, entity: entity.id });
    }
  }
  return { ...made, model };
}
/** What each new component is, in a sentence for its head. */
function describe(before: SystemModel, after: SystemModel, request: Request, made: AppliedAll): void {
  const said = echo(before, request);
  const fresh = (
    kind: 'entities' | 'rules' | 'workflows' | 'operations' | 'views' | 'reactions' | 'jobs',
  ): readonly { readonly kind: string; readonly name: string }[] => {
    const old = new Set(before[kind].map((each) => each.id));
    return after[kind].filter((each) => !old.has(each.id));
  };
  for (const component of [
    ...fresh('entities'),
    ...fresh('rules'),
    ...fresh('workflows'),
    ...fresh('operations'),
    ...fresh('views'),
    ...fresh('reactions'),
    ...fresh('jobs'),
  ]) {
    const label = labelOf(component.name);
    const what =
      component.kind === 'entity' && request.act === 'track'
        ? `${capitalised(articleFor(label))} ${label}, with ${request.fields.map((field) => labelOf(field.name)).join(', ')}.`
        : component.kind === 'view'
          ? `${capitalised(label)}, as a view.`
          : said === undefined
            ? `${capitalised(label)}.`
            : `${said}.`;
    made.whats.set(`${component.kind}/${component.name}`, what);
  }
}

/** Texts of the test files that change. */
function testFiles(
  reading: Read,
  sources: SourceFiles,
  model: SystemModel,
  requests: readonly Request[],
  change: string,
): ReadonlyMap<string, string> {
  const added = new Map<string, Example[]>();
  for (const request of requests) {
    const tests = examplesOf(model, request);
    if (tests === undefined) continue;
    const list = added.get(tests.path) ?? [];
    for (const { name, steps } of tests.examples) {
      const taken = [...list, ...(reading.tests.find((each) => each.path === tests.path)?.examples ?? [])];
      const example: Example = { name: free(name, taken), change, steps };
      const made =
        request.act === 'limit' && example.steps.some(isRefused)
          ? example
          : fitted(model, request.act === 'access' ? example : inSight(model, example));
      // A row that another limit refuses shows nothing of this one, and one that can no longer come to its state shows nothing.
      const along = alongFlow(model, made);
      if (along !== undefined && (request.act !== 'limit' || !violates(model, along))) list.push(along);
    }
    added.set(tests.path, list);
  }
  const files = new Map<string, string>();
  for (const tests of reading.tests) {
    const adapted = requests.reduce<ReadTests>((made, request) => adapt(model, made, request), tests);
    const more = added.get(tests.path) ?? [];
    added.delete(tests.path);
    const text = sources[tests.path] ?? '';
    if (adapted !== tests)
      files.set(tests.path, printTests({ examples: [...adapted.examples, ...more], properties: adapted.properties }, model));
    else if (more.length > 0)
      files.set(
        tests.path,
        withExamples(text, more) ?? printTests({ examples: [...tests.examples, ...more], properties: tests.properties }, model),
      );
  }
  for (const [path, examples] of added) if (examples.length > 0) files.set(path, printTests({ examples, properties: [] }, model));
  return files;
}
/** Names of the earlier examples that are written anew or taken out, because what they showed is no longer so. */
export function examplesReplaced(reading: Read, model: SystemModel, requests: readonly Request[]): readonly string[] {
  return reading.tests.flatMap((tests) => {
    const adapted = requests.reduce<ReadTests>((made, request) => adapt(model, made, request), tests);
    return adapted === tests ? [] : tests.examples.filter((example) => !adapted.examples.includes(example)).map((example) => example.name);
  });
}
const free = (name: string, taken: readonly { readonly name: string }[]): string => {
  let wanted = name;
  for (let count = 2; taken.some((each) => each.name === wanted); count += 1) wanted = `${name} (${count})`;
  return wanted;
};

/** What the change may alter: every component and member that differs. */
export function scopeOf(reading: Read, model: SystemModel, requests: readonly Request[], files: Files): Scope {
  const base = reading.model;
  const old = new Map(contractsOf(base).map((contract) => [contract.id, contract]));
  const now = new Map(contractsOf(model).map((contract) => [contract.id, contract]));
  const components = new Set<Scope['components'][number]>();
  for (const [id, contract] of now) {
    const before = old.get(id);
    if (before === undefined || (before !== contract && canonicalJson(before) !== canonicalJson(contract)))
      components.add(componentKey(contract.kind, contract.name));
  }
  for (const [id, contract] of old) if (!now.has(id)) components.add(componentKey(contract.kind, contract.name));
  for (const component of reading.components)
    if (files[component.path] !== undefined)
      components.add(componentKey(component.kind, now.get(component.contract.id)?.name ?? component.name));
  const tests = testsAltered(reading, {
    components: reading.components.filter(({ contract }) => now.has(contract.id)),
    tests: reading.tests.map((each) => requests.reduce<ReadTests>((made, request) => adapt(model, made, request), each)),
  });
  const members = [...new Set(compareContracts(contractsOf(base), contractsOf(model)).map((difference) => difference.member))];
  return { components: [...components], members, tests };
}
