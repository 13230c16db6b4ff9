/**
 * Temps see articles that are active, and no others.
 *
 * why: they packed things that we do not sell any more
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_temp',
  name: 'tempArticles',
  on: 'article',
  roles: ['temp'],
  rows: (article) => article.active === true,
});
