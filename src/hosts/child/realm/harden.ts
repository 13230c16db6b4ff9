/**
 * Takes from a realm what must not be there, and freezes what stays, before any component code runs in it. Then no call can
 * leave anything behind for the next but through its own variables, which are new for each call.
 * In two steps, since walking through all intrinsics costs a megabyte and five milliseconds: `hardenForAll` once a host, in the
 * snapshot that all realms grow from; `hardenThis` in each, for the rest. Each is whole by itself: what is not frozen is walked.
 */
import { pureNames } from '#kernel';

/** Of the last match of any regular expression: state that all code of a realm would share. */
const removedOfRegExp = [
  'input',
  '$_',
  'lastMatch',
  '$&',
  'lastParen',
  '$+',
  'leftContext',
  '$`',
  'rightContext',
  "$'",
  '$1',
  '$2',
  '$3',
  '$4',
  '$5',
  '$6',
  '$7',
  '$8',
  '$9',
];

// Taken before the names are: the realm itself goes on using them.
const realmGlobal = globalThis;
const { ownKeys, deleteProperty, apply } = Reflect;
const { freeze, hasOwn, isFrozen, getPrototypeOf } = Object;
const lookupGetter = Reflect.get(Object.prototype, '__lookupGetter__') as () => unknown;
const lookupSetter = Reflect.get(Object.prototype, '__lookupSetter__') as () => unknown;
const isThing = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** What the engine adds members to when it makes a context out of a snapshot: frozen there it would end the process. */
const openUntilLast: ReadonlySet<unknown> = new Set<unknown>([
  realmGlobal,
  Error,
  Promise,
  RegExp,
  Iterator,
  Iterator.prototype,
  Map.prototype,
  WeakMap.prototype,
  getPrototypeOf(getPrototypeOf(getPrototypeOf((async function* () {})()) as object) as object),
]);

/** Freezes all intrinsics but the few that must stay open until a realm is made. */
export function hardenForAll(): void {
  const noCode = function (): never {
    throw new TypeError('code is never made from text here');
  };
  for (const kind of [function () {}, async () => {}, function* () {}, async function* () {}]) {
    Object.defineProperty(getPrototypeOf(kind), 'constructor', { value: noCode });
  }
  noCode.prototype = getPrototypeOf(() => {}) as object;
  for (const name of removedOfRegExp) deleteProperty(RegExp, name);
  deleteProperty(Math, 'random');
  const seen = new Set<unknown>();
  const waiting: unknown[] = [...pureNames.map((name) => Reflect.get(realmGlobal, name) as unknown), ...reachedByCode()];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (!isThing(value) || seen.has(value)) continue;
    seen.add(value);
    if (!openUntilLast.has(value)) freeze(value);
    waiting.push(getPrototypeOf(value));
    for (const name of ownKeys(value)) {
      const member = Object.getOwnPropertyDescriptor(value, name);
      waiting.push(member?.value, member?.get, member?.set);
    }
  }
}

/** Prototypes and constructors that no name leads to, only what code makes. */
const reachedByCode = (): readonly unknown[] => [
  async () => {},
  function* () {},
  (function* () {})(),
  async function* () {},
  (async function* () {})(),
  [][Symbol.iterator](),
  new Map()[Symbol.iterator](),
  new Set()[Symbol.iterator](),
  ''[Symbol.iterator](),
  'a'.matchAll(/a/g),
  [].values().map((item) => item),
  Iterator.from({ next: () => ({ done: true, value: undefined }) }),
  Iterator,
  AggregateError,
  EvalError,
  ReferenceError,
  SyntaxError,
  URIError,
];

/**
 * Takes every other name away, and freezes what stayed open and what came with the context. `shared`: what all calls of the realm are
 * handed. Makes as little waste as can be: the memory that an isolate ever used stays with it.
 */
export function hardenThis(shared: readonly object[]): void {
  const waiting: object[] = [];
  /** A function without a prototype has a name and a length, and nothing hangs on it. */
  const leadsOn = (value: object): boolean => typeof value !== 'function' || hasOwn(value, 'prototype');
  const close = (value: unknown): void => {
    if (!isThing(value) || isFrozen(value)) return;
    freeze(value);
    if (leadsOn(value)) waiting.push(value);
  };
  // What `using` throws is made by the engine, and comes only with the context.
  const byUsing: unknown = Reflect.get(realmGlobal, 'SuppressedError');
  for (const name of ownKeys(realmGlobal)) if (!pureNames.includes(String(name))) deleteProperty(realmGlobal, name);
  for (const value of openUntilLast) close(value);

  // Frozen where they were made; what hangs on them (a function has a prototype) is not frozen with them.
  for (const value of shared) if (leadsOn(value)) waiting.push(value);
  close(byUsing);
  const named: (string | symbol)[] = [''];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    close(getPrototypeOf(value));
    for (const name of ownKeys(value)) {
      named[0] = name;
      const getter = apply(lookupGetter, value, named);
      const setter = apply(lookupSetter, value, named);
      if (getter === undefined && setter === undefined) close((value as { readonly [member: string | symbol]: unknown })[name]);
      close(getter);
      close(setter);
    }
  }
}
