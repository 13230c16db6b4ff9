/** A real headless browser on the console of a running system, and what no page may ever do in it. For journeys alone. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const executablePath =
  process.env['THESEUS_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const noBrowser: string | false =
  executablePath === undefined
    ? 'no Chromium here: install it, or name it in THESEUS_CHROMIUM'
    : existsSync('dist/console/index.html')
      ? false
      : 'the console is not built: node scripts/build-console.ts';
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface ConsoleBrowser {
  readonly browser: Browser;
  /** What pages did that none may: ask strangers, break the content policy, throw. */
  readonly wrongs: readonly string[];
  /** A page of the console, watched for wrongs. */
  open(context: BrowserContext, path: string): Promise<Page>;
  /** A window of its own, signed in as the owner. */
  signedIn(width: number, height: number): Promise<BrowserContext>;
}

export async function openBrowser(system: ThrowAwaySystem): Promise<ConsoleBrowser> {
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: flags });
  const wrongs: string[] = [];
  return {
    browser,
    wrongs,
    async open(context, path) {
      const page = await context.newPage();
      page.on('request', (request) => {
        if (!request.url().startsWith(system.url) && !request.url().startsWith('data:')) wrongs.push(`asked ${request.url()}`);
      });
      page.on('pageerror', (error) => wrongs.push(`threw ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of (4\d\d|503)/.test(message.text())) wrongs.push(message.text());
      });
      await page.goto(`${system.url}/console/${path}`);
      return page;
    },
    async signedIn(width, height) {
      const { json } = await system.call('POST', '/_theseus/links', {});
      const context = await browser.newContext({ viewport: { width, height } });
      const page = await context.newPage();
      await page.goto(String(json['url']));
      await page.getByRole('heading', { name: 'What should change?' }).waitFor();
      assert.ok(!page.url().includes('link'), 'the secret leaves the address');
      await page.close();
      return context;
    },
  };
}
