/** The scope of a change as whoever asks reads it: what may be altered, and nothing else. Pure. */
import type { Scope } from '#kernel';

export interface ScopeLine {
  readonly label: string;
  readonly what: readonly string[];
}

export function scopeInWords({ components, members, reaches = [], tests, data, region }: Scope): readonly ScopeLine[] {
  const lines: readonly ScopeLine[] = [
    { label: 'may alter', what: components },
    { label: 'of them', what: members.filter((member) => member.includes('#')) },
    { label: 'only where', what: region === undefined ? [] : [region] },
    { label: 'may call, as it is', what: reaches },
    { label: 'may newly read or write', what: data ?? (components.some(hasBody) ? ['whatever it declares'] : []) },
    {
      label: 'earlier tests that may be altered',
      what: tests === undefined ? components.map((key) => `those of ${key}`) : tests.map(quoted),
    },
  ];
  return lines.filter(({ what }) => what.length > 0);
}
const hasBody = (component: string): boolean => /^(?:operation|reaction|job)\//.test(component);
/** `entity/order#its name` is "its name" of entity/order. */
const quoted = (test: string): string => {
  const at = test.indexOf('#');
  return at < 0 ? `those of ${test}` : `"${test.slice(at + 1)}" of ${test.slice(0, at)}`;
};
