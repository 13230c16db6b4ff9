import { example, examples } from 'theseus/sdk';

export default examples([
  example('placing an order takes the stock and the price of the product', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 10 } },
    { call: 'placeOrder', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 3 }] }, then: { status: 'open', total: '13.50' } },
    { read: 'tea', then: { stock: 7 } },
  ]),
  example('an order for more than the stock is refused and takes nothing', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 2 } },
    { call: 'placeOrder', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 3 }] }, then: { refused: 'conflict' } },
    { read: 'tea', then: { stock: 2 } },
  ]),
]);
