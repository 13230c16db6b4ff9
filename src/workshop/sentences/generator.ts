/**
 * The built-in generator: a controlled English over the system's own vocabulary. Deterministic, offline, and it never
 * guesses: it either understands a request completely, or asks, or says which words it did not understand.
 */
import { canonicalJson, type Json, leastRisk, newCapabilities, type RiskClass, type Scope } from '#kernel';
import { compareContracts, componentKey, contractsOf, newData, reachedBy, type SystemModel, type SystemReading } from '#model';
import type { Generator, GeneratorContext, Understood } from '#ports';
import { interpret } from './interpret.ts';
import { notesOf } from './notes.ts';
import type { Act, Request } from './request.ts';
import { opensRows } from './effect/access.ts';
import { apply } from './effect/apply.ts';
import { bodiesOf, candidateFiles, examplesReplaced, scopeOf } from './write/candidate.ts';
import { regionsOf } from './write/regions.ts';

/** What `understand` hands to `generate`. */
interface Plan {
  readonly request: string;
  readonly steps: readonly Request[];
}
type Read = Extract<SystemReading, { ok: true }>;

const LOW: ReadonlySet<Act> = new Set<Act>(['show', 'addFields', 'derive', 'deriveFlag', 'defaultFormula', 'track', 'addChoices']);
const riskOf = (requests: readonly Request[], opened: boolean): RiskClass =>
  opened
    ? 'high'
    : requests.every(
          (request) =>
            LOW.has(request.act) &&
            !(request.act === 'addFields' && request.fields.some((field) => field.required === true || field.unique === true)),
        )
      ? 'low'
      : 'medium';

/** What the kernel would ask for at least: so the workshop asks first, and nothing is certified that is refused for its risk. */
function leastOf(was: SystemModel, now: SystemModel): RiskClass {
  const old = new Map(contractsOf(was).map((contract) => [componentKey(contract.kind, contract.name), contract]));
  const next = new Map(contractsOf(now).map((contract) => [componentKey(contract.kind, contract.name), contract]));
  const changed = [...new Set([...old.keys(), ...next.keys()])].filter(
    (key) =>
      old.get(key) !== next.get(key) && canonicalJson((old.get(key) ?? null) as never) !== canonicalJson((next.get(key) ?? null) as never),
  );
  return leastRisk({
    changedComponents: changed,
    newCapabilities: changed.flatMap((key) => newCapabilities(old.get(key), next.get(key)).map((grant) => `${key}: ${grant}`)),
    settingsChanged: 'no',
    incompatible: compareContracts(contractsOf(was), contractsOf(now)).flatMap(({ compatible, member }) => (compatible ? [] : [member])),
  });
}
/** What a sentence says that its component calls stays as it is. */
function reaching(was: SystemModel, now: SystemModel): Pick<Scope, 'reaches'> {
  const reaches = reachedBy(contractsOf(was), contractsOf(now));
  return reaches.length === 0 ? {} : { reaches };
}
const risks: readonly RiskClass[] = ['low', 'medium', 'high'];
const worse = (one: RiskClass, other: RiskClass): RiskClass => (risks.indexOf(one) < risks.indexOf(other) ? other : one);

const readingOf = (context: GeneratorContext): Read => {
  const reading = context.reading as unknown as SystemReading;
  if (!reading.ok) throw new TypeError('the base of a change does not read');
  return reading;
};

export const sentencesGenerator: Generator = {
  name: 'sentences',
  async understand(text, context): Promise<Understood> {
    const reading = readingOf(context);
    const effects = { change: context.change, bodies: bodiesOf(reading, context.sources) };
    const meant = interpret(text, reading.model, effects);
    if (meant.kind !== 'understood') return meant;
    const notes: string[] = [...meant.alreadySo];
    let model = reading.model;
    let opened = false;
    for (const { request } of meant.steps) {
      const { notes: more, refused } = await notesOf(model, request, context);
      if (refused !== undefined) return { kind: 'refused', why: refused };
      notes.push(...more);
      // What opens rows to callers who did not see or change them is put before an owner.
      opened ||= request.act === 'access' && opensRows(model, request);
      const applied = apply(model, request, effects);
      if (!('why' in applied)) model = applied.model;
    }
    const requests = meant.steps.map((step) => step.request);
    const varied = meant.model.rules.find(
      (rule) =>
        'points' in rule &&
        rule.points !== undefined &&
        !reading.model.rules.some((known) => canonicalJson(known as never) === canonicalJson(rule as never)),
    );
    if (varied !== undefined)
      return {
        kind: 'refused',
        why: `${varied.name} has several strategies, and this would alter one way of it alone. Change the rule by hand, or have a model write it.`,
      };
    const replaced = examplesReplaced(reading, meant.model, requests);
    if (replaced.length > 0)
      notes.push(
        `${replaced.length === 1 ? 'One earlier example is' : `${replaced.length} earlier examples are`} written anew, since this changes what they start from or show: ${replaced
          .slice(0, 3)
          .map((name) => `"${name}"`)
          .join(', ')}${replaced.length > 3 ? ' and more' : ''}.`,
      );
    const files = candidateFiles(reading, context.sources, requests, { request: text, change: context.change, date: context.today });
    const plan: Plan = { request: text, steps: requests };
    return {
      kind: 'understood',
      echo: meant.steps.map((step) => step.echo),
      notes,
      scope: {
        ...scopeOf(reading, meant.model, requests, files),
        ...reaching(reading.model, meant.model),
        ...regionsOf(reading.model, meant.model, requests),
        data: newData(contractsOf(reading.model), contractsOf(meant.model)),
      },
      risk: worse(riskOf(requests, opened), leastOf(reading.model, meant.model)),
      plan: plan as unknown as Json,
    };
  },
  async generate(plan, context) {
    const { request, steps } = plan as unknown as Plan;
    const files = candidateFiles(readingOf(context), context.sources, steps, { request, change: context.change, date: context.today });
    return { files, notes: [] };
  },
};
