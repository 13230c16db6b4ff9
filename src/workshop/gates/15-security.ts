/**
 * Is there anything in the changed code that never belongs in a component, and does it stay within its bounds whatever it is given?
 * The first half is by syntax, and the reading has answered it: what it refuses never gets here (see unreadable.ts), and the
 * machine's own reading repeats it. The second half runs each changed body alone in a trial host against hostile inputs made
 * from its contract: it answers or refuses, within its caps. Containment never rests on this gate.
 */
import { type BodyContract, type Finding, hasBody, type Json } from '#kernel';
import type { ComponentKey, ReadComponent } from '#model';
import { changedComponents } from './differences.ts';
import { asJson, type Engines, evidenceOf, type Gate, type GateInput, sourcesLooked } from './gate.ts';
import { brokeWith } from './generated-calls.ts';
import { hostileRuns } from './hostile-inputs.ts';
import { namedBy, namedInTests, sliceOf } from './reach.ts';

export const securityGate: Gate = async (candidate, base, engines) => {
  const findings: Finding[] = [];
  const bodies: ReadComponent[] = [];
  for (const { key, next, source, contract } of changedComponents(candidate, base)) {
    if (next === undefined || !hasBody(next.contract) || !(source || contract)) continue;
    bodies.push(next);
    findings.push({
      statement: `${next.path} names nothing of the outside, walks to nothing behind the language, and has no loop or pattern without an end`,
      verdict: 'pass',
      shownBy: 'checked',
      bound: 'by syntax; a courtesy to readers, never the containment',
    });
    findings.push(await staysWithinBounds(candidate, next.contract, key, engines));
  }
  if (findings.length === 0) findings.push({ statement: 'No code changed that runs in a host', verdict: 'pass', shownBy: 'checked' });
  return evidenceOf('security', 'theseus trial', [candidate.generation.id, ...sourcesLooked(candidate, bodies)], findings);
};

async function staysWithinBounds(candidate: GateInput, contract: BodyContract, key: ComponentKey, engines: Engines): Promise<Finding> {
  const { name } = contract;
  const examples = candidate.reading.tests.flatMap((tests) => (namedInTests(tests).has(key) ? tests.examples : []));
  const runs = hostileRuns(contract, examples, candidate.reading.model);
  if (runs.length === 0)
    return {
      statement: `${name} was given hostile inputs: no example shows how it is reached, and no row that it needs can be made of its contract`,
      verdict: 'pass',
      shownBy: 'not-shown',
    };
  const slice = sliceOf(candidate, [
    key,
    ...[...examples, ...runs.slice(0, 1).map((run) => run.example)].flatMap((example) => [...namedBy(example)]),
  ]);
  const results = await engines.memory.run(
    asJson({ ...slice, settings: candidate.reading.settings }),
    asJson(runs.map((run) => run.example)),
    {
      alone: true,
      stopAtBroken: true,
      ...(engines.signal === undefined ? {} : { signal: engines.signal }),
    },
  );
  const bound = `${runs.length} inputs made from its contract, alone in a host`;
  for (const [at, result] of results.entries()) {
    const last = (runs[at]?.example.steps.length ?? 0) - 1;
    const why = result === undefined || result.passed || result.step !== last ? undefined : brokeWith(result.actual);
    if (why !== undefined)
      return {
        statement: `${name} breaks with a hostile input: ${why}`,
        verdict: 'fail',
        shownBy: 'tested',
        bound,
        witness: readable(runs[at]?.input ?? null),
      };
  }
  if (results.length < runs.length)
    return {
      statement: `${name}: not all hostile inputs were tried, since another gate failed`,
      verdict: 'unknown',
      shownBy: 'not-shown',
      bound,
    };
  const reached = results.some((result, at) => result.passed || result.step === (runs[at]?.example.steps.length ?? 0) - 1);
  if (!reached)
    return {
      statement: `${name} was given hostile inputs: the rows that it needs could not be made, so it was never reached`,
      verdict: 'pass',
      shownBy: 'not-shown',
      bound,
    };
  return { statement: `${name} answers or refuses within its caps, whatever it is given`, verdict: 'pass', shownBy: 'tested', bound };
}

/** As a person reads it: long lists and texts by their beginning. */
function readable(input: Json): Json {
  if (typeof input === 'string') return input.length > 200 ? `${input.slice(0, 100)}... ${input.length} characters` : input;
  if (Array.isArray(input)) {
    const shown = input.length > 8 ? [...input.slice(0, 2), `... ${input.length - 2} more`] : input;
    return shown.map((item: Json) => readable(item));
  }
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, readable(value)]));
}
