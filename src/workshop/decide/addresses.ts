/**
 * Addresses that a request states: a method and a path, as a published interface gives them. Whether each is answered already is a matter of
 * comparing, and nothing else that is there does instead: whoever asks at that address asks nowhere else.
 */
import { kebab, type SystemModel } from '#model';

export interface Addresses {
  readonly all: readonly string[];
  /** Those that nothing of the system answers. */
  readonly missing: readonly string[];
}

const STATED = /(?<![\w/])(GET|POST|PUT|PATCH|DELETE)\s{1,5}(?:https?:\/\/[^\s/]{1,200})?(\/[\w.~:{}<>%/-]{0,300})/g;

export function addressesIn(text: string, model: SystemModel): Addresses {
  const all = [...new Set([...text.matchAll(STATED)].map(([, method = '', path = '']) => `${method} ${bare(path)}`))];
  const served = new Set([
    ...model.operations.map(({ http }) => `${http.method} ${bare(http.path)}`),
    ...model.views.map(({ name }) => `GET /api/views/${kebab(name)}`),
    ...model.entities.flatMap(({ plural }) => {
      const list = `/api/${kebab(plural)}`;
      return [`GET ${list}`, `POST ${list}`, ...['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} ${list}/*`)];
    }),
  ]);
  return { all, missing: all.filter((address) => !served.has(address)) };
}

/** What stands for a value is the same under any name: `{id}`, `:id`, `<id>`. */
const bare = (path: string): string => path.replaceAll(/\{[^/]*\}|<[^/]*>|(?<=\/):[^/]+/g, '*').replace(/[./:-]+$/, '');
