/** A depot: articles, movements of stock, alerts that arise and are closed by themselves. */
import { component, settingsOf, shown, tests, type Sources } from '../support/texts.ts';

const settings = settingsOf('depot', {
  owner: { read: true, write: true, sensitive: true },
  keeper: { read: true, write: true, sensitive: false },
  driver: { read: true, write: true, sensitive: false },
});
const bolts = `{ create: 'article', as: 'bolts', with: { sku: 'B', name: 'Bolts', onHand: 10, reorderAt: 5 } }`;

export const depot: Sources = {
  'theseus.json': settings,
  'entities/article.ts': component(
    'An article lies in the depot.',
    `entity({
  id: 'e_article',
  name: 'article',
  plural: 'articles',
  title: 'name',
  fields: {
    sku: text({ id: 'f_asku', no: 1, required: true, unique: true }),
    name: text({ id: 'f_aname', no: 2, required: true }),
    onHand: integer({ id: 'f_ahand', no: 3, required: true, min: 0 }),
    reorderAt: integer({ id: 'f_areord', no: 4, min: 0, default: 0 }),
    cost: money({ id: 'f_acost', no: 5, min: '0.00', sensitive: true }),
  },
})`,
  ),
  'entities/movement.ts': component(
    'A movement brings or takes some of an article.',
    `entity({
  id: 'e_movement',
  name: 'movement',
  plural: 'movements',
  title: 'note',
  fields: {
    article: reference({ id: 'f_vart', no: 1, to: 'article', required: true }),
    quantity: integer({ id: 'f_vqty', no: 2, required: true, min: 1, max: 100000 }),
    kind: choice({ id: 'f_vkind', no: 3, choices: { into: 'c_vin', out: 'c_vout' }, required: true }),
    state: choice({ id: 'f_vstate', no: 4, choices: { planned: 'c_vplan', booked: 'c_vbook', dropped: 'c_vdrop' }, default: 'planned' }),
    note: text({ id: 'f_vnote', no: 5 }),
    day: date({ id: 'f_vday', no: 6 }),
  },
})`,
  ),
  'entities/alert.ts': component(
    'An alert says that an article runs low.',
    `entity({
  id: 'e_alert',
  name: 'alert',
  plural: 'alerts',
  title: 'message',
  fields: {
    article: reference({ id: 'f_lart', no: 1, to: 'article', required: true }),
    message: text({ id: 'f_lmess', no: 2, required: true }),
    open: boolean({ id: 'f_lopen', no: 3, default: true }),
  },
})`,
  ),
  'operations/book-movement.ts': component(
    'A movement is booked once, and changes what is on hand.',
    `operation({
  id: 'o_bookmov',
  name: 'bookMovement',
  on: 'movement',
  output: { row: 'movement' },
  capabilities: { movement: ['update'], article: ['read', 'update'] },
  transition: { field: 'state', from: ['planned'], to: 'booked' },
  async run({ data, row, today }) {
    const article = await data.article.get(row.article);
    const onHand = row.kind === 'into' ? article.onHand + row.quantity : article.onHand - row.quantity;
    if (onHand < 0) refuse('conflict', 'There is not enough on hand.');
    await data.article.update(article.id, { onHand });
    return data.movement.update(row.id, { state: 'booked', day: today });
  },
})`,
  ),
  'operations/book-movement.test.ts': tests(
    shown(
      'what is booked out is not on hand any more, and is booked once',
      bolts,
      `{ create: 'movement', as: 'first', with: { article: 'bolts', quantity: 4, kind: 'out' } }`,
      `{ call: 'bookMovement', on: 'first', then: { state: 'booked' } }`,
      `{ read: 'bolts', then: { onHand: 6 } }`,
      `{ call: 'bookMovement', on: 'first', then: { refused: 'state-forbids' } }`,
    ),
    shown(
      'more than there is cannot be booked out',
      bolts,
      `{ create: 'movement', as: 'first', with: { article: 'bolts', quantity: 11, kind: 'out' } }`,
      `{ call: 'bookMovement', on: 'first', then: { refused: 'conflict' } }`,
      `{ read: 'bolts', then: { onHand: 10 } }`,
    ),
  ),
  'reactions/low-stock.ts': component(
    'An article that runs low is told once.',
    `reaction({
  id: 'n_low',
  name: 'lowStock',
  on: { event: 'article.updated' },
  capabilities: { article: ['read'], alert: ['read', 'create'], emit: ['stockIsLow'] },
  async run({ data, event, emit }) {
    const article = await data.article.get(event.row);
    if (article.onHand >= (article.reorderAt ?? 0)) return;
    const open = await data.alert.list({
      filters: [
        { field: 'article', op: 'eq', value: article.id },
        { field: 'open', op: 'eq', value: true },
      ],
      limit: 1,
    });
    if (open.items.length > 0) return;
    await data.alert.create({ article: article.id, message: \`\${article.name} is low\`, open: true });
    await emit('stockIsLow', { article: article.id });
  },
})`,
  ),
  'reactions/low-stock.test.ts': tests(
    shown(
      'an article below its mark has one alert',
      bolts,
      `{ update: 'bolts', with: { onHand: 4 } }`,
      `{ react: 'lowStock', on: 'bolts' }`,
      `{ react: 'lowStock', on: 'bolts' }`,
      `{ show: 'openAlerts', then: [{ article: 'Bolts' }] }`,
    ),
  ),
  'views/open-alerts.ts': component(
    'Alerts that are open.',
    `view({
  id: 'v_alerts',
  name: 'openAlerts',
  from: 'alert',
  where: (alert) => alert.open === true,
  columns: { article: { value: (alert) => alert.article.name }, message: { value: (alert) => alert.message } },
  order: ['article'],
})`,
  ),
};
