import { example, examples } from 'theseus/sdk';

export default examples([
  example('the total of an order is the sum of quantity times unit price of its lines', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50' } },
    {
      create: 'order',
      as: 'first',
      with: {
        customer: 'ada',
        lines: [
          { product: 'tea', quantity: 3, unitPrice: '4.50' },
          { product: 'tea', quantity: 1, unitPrice: '0.50' },
        ],
      },
      then: { total: '14.00', status: 'open' },
    },
  ]),
]);
