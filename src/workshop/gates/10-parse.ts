/**
 * Does it parse; has it only allowed shapes; is it simple enough to be read; are the capabilities that it uses those that it
 * declares? What the reading itself checks (names, imports, the pure subset, ids) has been checked before a candidate gets here.
 */
import { type BodyContract, type Finding, hasBody } from '#kernel';
import { type CodeFacts, entityById } from '#model';
import { changedComponents } from './differences.ts';
import { asJson, evidenceOf, type Gate, type Reading, sourcesLooked } from './gate.ts';

/** The published default: above it a function is hard to understand (SonarSource, "Cognitive Complexity"). */
const COMPLEXITY_BUDGET = 15;

export const parseGate: Gate = async (candidate, base, engines) => {
  const changed = changedComponents(candidate, base).flatMap(({ next, source }) => (next !== undefined && source ? [next] : []));
  const texts = Object.fromEntries(changed.map((component) => [component.path, candidate.files[component.path] ?? '']));
  const facts = changed.length === 0 ? {} : factsOf(await engines.reader.inspect(texts));
  const findings = changed.flatMap((component): Finding[] => {
    const found = facts[component.path];
    if (found === undefined) return [{ statement: `${component.path} was looked at`, verdict: 'unknown', shownBy: 'not-shown' }];
    const body = hasBody(component.contract) ? component.contract : undefined;
    const wrong = [
      ...found.findings.map(({ line, column, message }): Finding => ({
        statement: `${component.path}:${line}:${column} ${message}`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: { path: component.path, line, column },
      })),
      ...found.functions
        .filter((fact) => fact.complexity > COMPLEXITY_BUDGET)
        .map((fact): Finding => ({
          statement: `${component.path}:${fact.line} ${fact.name} has a cognitive complexity of ${fact.complexity}; at most ${COMPLEXITY_BUDGET} is allowed: split it`,
          verdict: 'fail',
          shownBy: 'checked',
          witness: asJson(fact),
        })),
      ...(body === undefined ? [] : capabilityFindings(component.path, body, found, candidate.reading)),
    ];
    return wrong.length > 0
      ? wrong
      : [
          {
            statement: `${component.path} is well formed${body === undefined ? '' : ', and declares exactly what it uses'}`,
            verdict: 'pass',
            shownBy: 'checked',
          },
        ];
  });
  const looked = sourcesLooked(candidate, changed);
  return evidenceOf('parse', 'oxc-parser 0.159', [candidate.generation.id, ...looked], findings);
};

function capabilityFindings(path: string, body: BodyContract, facts: CodeFacts, reading: Reading): Finding[] {
  const declared = new Set<string>();
  for (const capability of body.capabilities) {
    if (capability.kind === 'data')
      for (const access of capability.access)
        declared.add(`${entityById(reading.model, capability.entity)?.name ?? capability.entity} ${access}`);
    if (capability.kind === 'emit') declared.add(`emit ${capability.event}`);
    if (capability.kind === 'fetch') declared.add(`fetch ${capability.host}`);
    if (capability.kind === 'call')
      declared.add(`call ${reading.model.operations.find(({ id }) => id === capability.operation)?.name ?? capability.operation}`);
  }
  // What a change found and left is told as far as the contract lets the reaction read the row.
  const heard =
    body.kind === 'reaction' && 'entity' in body.on && body.on.happens === 'updated'
      ? entityById(reading.model, body.on.entity)?.name
      : undefined;
  const used = new Map(
    facts.capabilities.flatMap((use) => {
      if (use.kind === 'event') return heard === undefined ? [] : [[`${heard} read`, use] as const];
      if (use.kind === 'data' && use.access === null) return [];
      return [[use.kind === 'data' ? `${use.name} ${use.access ?? ''}` : `${use.kind} ${use.name}`, use] as const];
    }),
  );
  // A verb that there is none of is told by itself, and what it was meant for is not known: nothing follows from it.
  const unclear = new Set(facts.capabilities.flatMap(({ kind, access, name }) => (kind === 'data' && access === null ? [name] : [])));
  return [
    ...[...used.keys()]
      .filter((name) => !declared.has(name))
      .map((name): Finding => ({
        statement: `${path} uses the capability ${name} and does not declare it`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: name,
      })),
    ...[...declared]
      .filter((name) => !used.has(name) && !unclear.has(name.split(' ')[0] ?? ''))
      .map((name): Finding => ({
        statement: `${path} declares the capability ${name} and never uses it: take it out`,
        verdict: 'fail',
        shownBy: 'checked',
        witness: name,
      })),
  ];
}

const factsOf = (json: unknown): { readonly [path: string]: CodeFacts } => json as { readonly [path: string]: CodeFacts };
