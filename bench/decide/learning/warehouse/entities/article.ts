/**
 * An article lies in the warehouse and is sold by the piece, the box or the pallet.
 *
 * why: stock and price of everything we trade in
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_art',
  name: 'article',
  plural: 'articles',
  title: 'name',
  fields: {
    sku: text({ id: 'f_arsku', no: 1, required: true, unique: true }),
    name: text({ id: 'f_arname', no: 2, required: true }),
    category: choice({
      id: 'f_arcat',
      no: 3,
      required: true,
      choices: { drinks: 'c_adrink', dry: 'c_adry', frozen: 'c_afroz', cleaning: 'c_aclean' },
    }),
    unit: choice({ id: 'f_arunit', no: 4, choices: { piece: 'c_upiece', box: 'c_ubox', pallet: 'c_upal' }, default: 'box' }),
    price: money({ id: 'f_arprice', no: 5, required: true, min: '0.10' }),
    purchasePrice: money({ id: 'f_arbuy', no: 6, sensitive: true, min: '0.00' }),
    stock: integer({ id: 'f_arstock', no: 7, required: true, min: 0, default: 0 }),
    minimumStock: integer({ id: 'f_armin', no: 8, min: 0, default: 20 }),
    shelf: text({ id: 'f_arshelf', no: 9 }),
    supplier: reference({ id: 'f_arsupp', no: 10, to: 'supplier' }),
    active: boolean({ id: 'f_aract', no: 11, default: true }),
    stockValue: money({ id: 'f_arvalue', no: 12, live: (article: Row<'article'>) => article.stock * article.price }),
  },
});
