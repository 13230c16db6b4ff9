/** What differs between two settings, by how much it means: choosing strategies is ordinary, policy and roles are grave, the basis of all values never changes. */
import { canonicalJson, type Settings, type SettingsChange } from '#kernel';

export function settingsChange(from: Settings, to: Settings): SettingsChange {
  const same = (...names: readonly (keyof Settings)[]): boolean =>
    names.every((name) => canonicalJson(from[name] as never) === canonicalJson(to[name] as never));
  if (!same('name', 'currency', 'timeZone', 'locale', 'collation')) return 'basis';
  if (!same('roles', 'policy')) return 'policy';
  return same('strategies') ? 'no' : 'strategies';
}
