import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopeInWords } from './scope-in-words.ts';

test('a scope is told whole: what may be altered, where, what it may come to, and which earlier tests', () => {
  const lines = scopeInWords({
    components: ['rule/orderDiscount', 'operation/placeOrder'],
    members: ['rule/orderDiscount', 'operation/placeOrder#capabilities/product'],
    region: 'the subtotal is more than 500',
    reaches: ['operation/ship'],
    data: ['product update'],
    tests: ['entity/order#gold customers get 10% off', 'rule/orderDiscount'],
  });
  assert.deepEqual(
    lines.map(({ label, what }) => `${label}: ${what.join(', ')}`),
    [
      'may alter: rule/orderDiscount, operation/placeOrder',
      'of them: operation/placeOrder#capabilities/product',
      'only where: the subtotal is more than 500',
      'may call, as it is: operation/ship',
      'may newly read or write: product update',
      'earlier tests that may be altered: "gold customers get 10% off" of entity/order, those of rule/orderDiscount',
    ],
  );
});

test('what a scope leaves open is told as open, and not left out', () => {
  assert.deepEqual(scopeInWords({ components: ['operation/placeOrder'], members: [] }), [
    { label: 'may alter', what: ['operation/placeOrder'] },
    { label: 'may newly read or write', what: ['whatever it declares'] },
    { label: 'earlier tests that may be altered', what: ['those of operation/placeOrder'] },
  ]);
  assert.deepEqual(scopeInWords({ components: [], members: ['settings'], tests: [], data: [] }), []);
});
