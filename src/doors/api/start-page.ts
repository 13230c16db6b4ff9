/** `/`: the system's own first page: what it holds and shows, by name, linked to where it is browsed. Plain HTML, no script. Who is not signed in is led to the way in. */
import { kebab, label, type SystemModel } from '#model';
import { pageHeaders } from './console-files.ts';
import { pathOfEntity } from './system/system-request.ts';

export const toConsole = (): Response =>
  new Response(null, { status: 303, headers: { ...pageHeaders, location: '/console/', 'cache-control': 'no-store' } });

export function startPage(model: SystemModel): Response {
  const name = escaped(label(model.settings.name));
  const list = (title: string, links: readonly string[]): string =>
    links.length === 0 ? '' : `<h2>${title}</h2><ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`;
  const rows = model.entities.map(
    (entity) => `<a href="/console/data/${pathOfEntity(entity).slice('/api/'.length)}">${escaped(label(entity.plural))}</a>`,
  );
  const views = model.views.map((view) => `<a href="/console/views/${kebab(view.name)}">${escaped(view.title)}</a>`);
  const empty = rows.length === 0 ? '<p>Nothing is here yet. <a href="/console/">Say what the system should hold.</a></p>' : '';
  const html = `<!doctype html><html lang="${escaped(model.settings.locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><style>
body{font:1.05rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}h1{font-size:1.5rem}h2{font-size:1rem;margin-top:2rem;opacity:.7}ul{list-style:none;padding:0}
</style></head><body><h1>${name}</h1>${empty}${list('Data', rows)}${list('Views', views)}<h2>Change it</h2><ul><li><a href="/console/">Ask in a sentence</a></li><li><a href="/openapi.json">OpenAPI</a></li></ul></body></html>`;
  return new Response(html, {
    status: 200,
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=UTF-8', 'cache-control': 'no-store' },
  });
}

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
