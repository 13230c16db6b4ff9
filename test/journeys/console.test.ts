/** The console as a person meets it: in a real browser, on a real system, at a desk and on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startThrowAwaySystem } from '../../scripts/throw-away-system.ts';
import { type ConsoleBrowser, noBrowser, openBrowser } from './browser.ts';

const pages = ['', 'changes', 'data', 'data/orders', 'data/orders/new', 'views', 'generations', 'unasked', 'people', 'health'];

test('the console in a browser', { skip: noBrowser }, async (t) => {
  const system = await startThrowAwaySystem();
  let opened: ConsoleBrowser | undefined;
  t.after(async () => {
    await opened?.browser.close();
    await system.stop();
  });
  opened = await openBrowser(system);
  const { browser, open, signedIn, wrongs } = opened;
  const desk = await signedIn(1280, 900);

  await t.test('without a session there is the way in, and a wrong link is refused in words', async () => {
    const stranger = await browser.newContext();
    const page = await open(stranger, 'data/orders');
    await page.getByLabel('Sign-in link').fill('http://x/sign-in?link=link_that_was_never_made');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('alert')
      .getByText(/used or is too old/)
      .waitFor();
    const { json } = await system.call('POST', '/_theseus/links', {});
    await page.getByLabel('Sign-in link').fill(String(json['url']));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Orders' }).waitFor();
    await stranger.close();
  });

  await t.test('a change is asked for by keyboard alone, watched, read with its evidence, seen in another tab, and undone', async () => {
    const other = await open(desk, 'data/invoices');
    await other.getByRole('columnheader', { name: 'Number' }).waitFor();
    assert.equal(await other.getByRole('columnheader', { name: 'Due date' }).count(), 0);

    const page = await open(desk, 'health');
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    await page.keyboard.press('/');
    await page.locator('#request:focus').waitFor();
    await page.keyboard.type('Add a due date to invoices, 30 days after the issue date');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Live since/).waitFor();
    await page.getByText('The due date of an invoice is 30 days after', { exact: false }).first().waitFor();
    await other.getByRole('columnheader', { name: 'Due date' }).waitFor();

    await page.getByRole('link', { name: 'See the evidence' }).click();
    await page.getByRole('heading', { name: 'Shown by' }).waitFor();
    assert.ok((await page.locator('.rung-tested .statement').count()) > 0, 'what was tested stands on its rung');
    const proved = page.locator('.rung-proved .statement');
    const byWhoProves = proved.filter({ has: page.locator('.statement-how', { hasText: /^(?:proof|contract)/ }) });
    assert.equal(await proved.count(), await byWhoProves.count(), 'nothing is called proved but by the gates that prove');
    await page.getByText('field/dueDate', { exact: true }).waitFor();
    await page.locator('.difference-added', { hasText: 'dueDate' }).first().waitFor();

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByLabel('Put back the rows that its code wrote').check();
    await page.getByText('Its code wrote no rows that could be put back.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await page.locator('.page-actions', { hasText: 'taken back' }).waitFor();
    await page.getByRole('heading', { name: 'Its rows' }).waitFor();
    await page.getByText('0 rows put back, 0 deleted, 0 made again').waitFor();
    await other.getByRole('columnheader', { name: 'Due date' }).waitFor({ state: 'detached' });
    await page.close();
    await other.close();
  });

  await t.test('words without a role are underlined, and an option of a question is asked by a click', async () => {
    const page = await open(desk, '');
    await page.locator('#request').fill('Frobnicate the invoices');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('.misfit', { hasText: 'Frobnicate' }).waitFor();
    await page.locator('#request').fill('Track projects with name and size');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('heading', { name: 'Which do you mean?' }).waitFor();
    await page
      .locator('.sentence-button', { hasText: /^Track projects/ })
      .first()
      .click();
    await page.getByText(/^Live since/).waitFor();
    await page.getByRole('link', { name: 'Projects', exact: true }).click();
    await page.getByText('No projects yet').waitFor();
    await page.close();
  });

  await t.test('a row is made with its lines, corrected where the system says so, and edited beside somebody else', async () => {
    const page = await open(desk, 'data/orders/new');
    await page.getByRole('button', { name: 'Make order' }).click();
    await page.getByText('Is required').first().waitFor();
    await page.getByLabel('Customer').click();
    await page.keyboard.type('gre');
    await page.locator('.mantine-Combobox-option[data-combobox-selected]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add line' }).click();
    await page.getByLabel('Product').click();
    await page.locator('.mantine-Combobox-option:visible').first().click();
    await page.getByLabel('Quantity').fill('0');
    await page.getByLabel('Unit price').fill('1,250.5');
    await page.getByRole('button', { name: 'Make order' }).click();
    await page
      .getByText(/at least 1|less than 1/i)
      .last()
      .waitFor();
    await page.getByLabel('Quantity').fill('2');
    await page.getByRole('button', { name: 'Make order' }).click();
    await page.getByText('€2,501.00').first().waitFor();

    const id = page.url().split('/').at(-1) ?? '';
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Placed on').fill('2026-11-01');
    assert.equal((await system.call('PATCH', `/api/orders/${id}`, { placedOn: '2026-12-24' })).status, 200);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody saved this order').waitFor();
    await page.getByText('theirs: Dec 24, 2026').waitFor();
    await page.getByRole('button', { name: 'Save so' }).click();
    await page.getByRole('heading', { name: /Nov 1, 2026/ }).waitFor();
    assert.equal((await system.call('GET', `/api/orders/${id}`)).json['placedOn'], '2026-11-01');
    await page.getByText('Dec 24, 2026').first().waitFor();
    await page.close();
  });

  await t.test('while the serving generation cannot be read, the pages that lead out of it work', async () => {
    assert.equal((await system.ask('Add a note to customers')).outcome, 'live');
    const context = await signedIn(1280, 900);
    await context.route('**/_theseus/model', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: '/errors/unavailable',
          title: 'Unavailable',
          status: 503,
          detail: 'It is broken.',
          code: 'unavailable',
        }),
      }),
    );
    const page = await open(context, 'data');
    await page.getByText('This system cannot be read just now').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Generations' }).click();
    await page.getByRole('button', { name: 'Go back to this' }).first().waitFor();
    await page.getByRole('link', { name: 'Changes', exact: true }).click();
    await page.getByText('Add a note to customers').first().waitFor();
    await page.getByRole('link', { name: 'Ask', exact: true }).click();
    await page.locator('#request:not([disabled])').waitFor();
    await context.close();
  });

  await t.test('no page is wider than a phone, or without its heading', async () => {
    const phone = await signedIn(360, 740);
    for (const path of pages) {
      const page = await open(phone, path);
      await page.locator('h1').waitFor();
      await page.locator('.waiting').first().waitFor({ state: 'detached' });
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, `/console/${path}`);
      await page.close();
    }
    await phone.close();
  });

  assert.deepEqual(wrongs, []);
});
