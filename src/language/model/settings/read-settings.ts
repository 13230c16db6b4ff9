/** The settings of an admitted generation, from the text of its theseus.json. Needs no parser of code. */
import { Fault, type Settings } from '#kernel';
import { settingsOf } from './settings-of.ts';

/** For text that was admitted: one that is not good settings any more is a broken world, and thrown. */
export function readSettings(text: string): Settings {
  const found: string[] = [];
  const settings = settingsOf(text, (_start, message) => void found.push(message));
  if (settings === undefined) throw new Fault('tampered', `theseus.json cannot be read: ${found.join('; ')}`);
  return settings;
}
/** What is wrong with a text as theseus.json: empty where it reads. */
export function settingsProblems(text: string): readonly string[] {
  const found: string[] = [];
  settingsOf(text, (_start, message) => void found.push(message));
  return found;
}
