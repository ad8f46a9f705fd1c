import { defineConfig, devices } from '@playwright/test';
import { chromiumPath } from './commands/browsers.ts';

const port = Number(process.env['TEST_PORT'] ?? 24321);

export default defineConfig({
  testDir: 'tests/pages',
  outputDir: 'test-results/browser-output',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A second look on a noisy machine; what fails twice fails, and a flaky test is named in the report.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['line'], ['json']],
  // Machines are noisy: a test that hangs ends here, none is timed.
  timeout: 300_000,
  use: {
    ...devices['Desktop Chrome'],
    actionTimeout: 60_000,
    baseURL: `http://127.0.0.1:${port}`,
    launchOptions: {
      executablePath: chromiumPath,
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Host pages of the tests are made up and embed from loopback.
        '--disable-features=LocalNetworkAccessChecks',
      ],
    },
  },
  webServer: {
    command: 'node tests/pages/bed-site.ts',
    url: `http://127.0.0.1:${port}/`,
    // Who names a port may serve there already, as `npm test` does.
    reuseExistingServer: process.env['TEST_PORT'] !== undefined,
    timeout: 480_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: { TEST_PORT: String(port) },
  },
});
