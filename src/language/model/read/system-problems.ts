/** What is wrong between files: ids and plurals given twice, addresses of two operations, events that nothing emits, tests without a component. */
import { hasBody, type HttpContract, type Settings } from '#kernel';
import { wireNameOf } from '../wire-name.ts';
import type { ReadComponent, ReadTests, SourceProblem } from '../reading.ts';
import { placed } from './reporter.ts';
import { strategyPoints } from '../strategies.ts';
import type { SystemIndex } from './system-index.ts';

export function conflicts(index: SystemIndex, texts: ReadonlyMap<string, string>): SourceProblem[] {
  const problems: SourceProblem[] = [];
  for (const id of index.twice) {
    const places = [...index.places(id)];
    for (const [path, starts] of places) {
      const others = places.filter(([other]) => other !== path).map(([other]) => other);
      const message = `the permanent id ${id} stands ${others.length > 0 ? `in ${others.join(', ')} as well` : 'here twice'}; an id is given once and for ever: take a new one`;
      problems.push(...placed(path, texts.get(path) ?? '', [{ start: starts[others.length > 0 ? 0 : 1] ?? starts[0] ?? 0, message }]));
    }
  }
  for (const plural of index.pluralsTwice)
    for (const path of index.holders(plural))
      problems.push(
        ...placed(path, texts.get(path) ?? '', [
          { start: 0, message: `more than one entity has the plural ${plural}: its path under /api would not be clear` },
        ]),
      );
  return problems;
}

/** Strategies of theseus.json that no component has. */
export function strayStrategies(settings: Settings, components: readonly ReadComponent[], text: string): SourceProblem[] {
  const entries = Object.entries(settings.strategies);
  if (entries.length === 0) return [];
  const points = new Map(
    strategyPoints(
      settings,
      components.map((component) => component.contract),
    ).map((point) => [`${point.component}#${point.name}`, point.strategies.map((strategy) => strategy.name)]),
  );
  return entries.flatMap(([point, name]) => {
    const known = points.get(point);
    if (known?.includes(name) === true) return [];
    const message =
      known === undefined
        ? `${point} is no variation point of this system${points.size === 0 ? '' : `; there are ${[...points.keys()].join(', ')}`}`
        : `${name} is no strategy of ${point}; they are ${known.join(', ')}`;
    return placed('theseus.json', text, [{ start: Math.max(0, text.indexOf(JSON.stringify(point))), message }]);
  });
}

export function routeProblems(components: readonly ReadComponent[]): SourceProblem[] {
  const routes = new Map<string, string>();
  const problems: SourceProblem[] = [];
  const tokens = components.flatMap(({ contract }) => (contract.kind === 'entity' ? (contract.identity?.header ?? []) : []));
  for (const { contract, path } of components) {
    if (contract.kind !== 'operation') continue;
    const { http } = contract;
    const seen = http.headers?.find((name) => tokens.includes(wireNameOf(http, name, 'header').toLowerCase()));
    if (seen !== undefined)
      problems.push({
        path,
        line: 1,
        column: 1,
        message: `${seen} is the header that people send their tokens in, which no operation sees: who calls is caller`,
      });
    const route = routeOf(http);
    const other = routes.get(route);
    if (other !== undefined)
      problems.push({ path, line: 1, column: 1, message: `${route} is the address of ${other} as well; give one of them another path` });
    routes.set(route, path);
  }
  return problems;
}

const addresses = new WeakMap<HttpContract, string>();
/** An address, whatever its parameters are called. */
function routeOf(http: HttpContract): string {
  const known = addresses.get(http);
  if (known !== undefined) return known;
  const made = `${http.method} ${http.path.replace(/\{[^}]*\}/g, '{}')}`;
  addresses.set(http, made);
  return made;
}

/**
 * A reaction to an event that nothing emits would never run, and an example that nothing was emitted of it would hold whatever happens. `looked`: the events that
 * examples look for, by the path of their tests.
 */
export function unheardEvents(
  components: readonly ReadComponent[],
  looked: ReadonlyMap<string, readonly string[]>,
  texts: ReadonlyMap<string, string>,
): SourceProblem[] {
  const reactions = components.filter(({ kind }) => kind === 'reaction');
  if (reactions.length === 0 && looked.size === 0) return [];
  const emitted = new Set<string>();
  for (const { contract } of components)
    if (hasBody(contract)) for (const capability of contract.capabilities) if (capability.kind === 'emit') emitted.add(capability.event);
  const among = (): string => `events emitted are ${[...emitted].join(', ') || 'none'}`;
  const lookedFor = [...looked].flatMap(([path, events]) =>
    events
      .filter((event) => !emitted.has(event))
      .flatMap((event) => {
        const text = texts.get(path) ?? '';
        return placed(path, text, [{ start: Math.max(0, text.indexOf(`'${event}'`)), message: `nothing emits ${event}; ${among()}` }]);
      }),
  );
  const unheard = reactions.flatMap(({ contract, path, outline }) => {
    if (contract.kind !== 'reaction' || !('event' in contract.on) || emitted.has(contract.on.event)) return [];
    const message = `nothing emits ${contract.on.event}, so this would never run; ${among()}`;
    return placed(path, texts.get(path) ?? '', [{ start: outline['on']?.start ?? 0, message }]);
  });
  return [...unheard, ...lookedFor];
}
export const eventsLookedFor = (tests: ReadTests | undefined): readonly string[] => [
  ...new Set((tests?.examples ?? []).flatMap(({ steps }) => steps.flatMap((step) => ('emitted' in step ? [step.emitted] : [])))),
];

export function loneTests(tests: readonly ReadTests[], texts: ReadonlyMap<string, string>): SourceProblem[] {
  return tests
    .filter(({ path }) => !texts.has(path.replace(/\.test\.ts$/, '.ts')))
    .map(({ path }) => ({ path, line: 1, column: 1, message: 'a test stands beside its component, and there is none of this name' }));
}
