/**
 * Tries: every way to tell the time or to see the collector at work: Date, Intl, Temporal, WeakRef, FinalizationRegistry.
 * Must: none is there; what a call sees is what it was given.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const finds = { Date: () => Date, Intl: () => Intl, Temporal: () => Temporal, WeakRef: () => WeakRef, FinalizationRegistry: () => FinalizationRegistry, random: () => Math.random, performance: () => performance };
for (const [name, find] of Object.entries(finds)) try { if (find() !== undefined) take(name); } catch {}`,
};
