/** The settings of a generation that was admitted: its theseus.json was read and checked before. Throws where it no longer reads. */
import { Fault, type Settings } from '#kernel';
import { settingsOf } from './read/settings-of.ts';

export function readSettings(text: string): Settings {
  const problems: string[] = [];
  const settings = settingsOf(text, (_, message) => void problems.push(message));
  if (settings === undefined) throw new Fault('setup', `theseus.json cannot be used: ${problems.join('; ')}`);
  return settings;
}
