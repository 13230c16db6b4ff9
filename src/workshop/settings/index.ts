/** The door of the settings: the generator, and its reader for who only wants to know whether a request is for a setting. */
export { settingsGenerator } from './generator.ts';
export { plainWords } from './plain-words.ts';
export { pointsOf, readWish, type SettingsReading, valueOf } from './read-wish.ts';
export { rootOf } from './strategies.ts';
export type { KnownPoint } from './wish.ts';
