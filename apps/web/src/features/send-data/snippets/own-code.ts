import { FIRST_LOG_BODY, signedCurl } from '../../../lib/signed-curl.ts';
import { lines, percentEncoded, quoted, type SendWay } from './snippet.ts';

const FIRST_METRIC_BODY =
  '{"metrics":[{"name":"hello_total","type":"counter","value":1,"labels":{"service":"hello"}}]}';

/** Ids and the time are made by the shell. */
const FIRST_SPAN_BODY = lines(
  `$(printf '{"spans":[{"traceId":"%s","spanId":"%s","name":"GET /hello","service":"hello","kind":"server","startTime":%s000,"durationMs":12}]}' \\`,
  '  "$(openssl rand -hex 16)" "$(openssl rand -hex 8)" "$(date +%s)")',
);

/** Native JSON, signed: what our own clients send. */
export const CURL: SendWay = {
  id: 'curl',
  label: 'Own code, curl',
  signals: ['logs', 'metrics', 'traces'],
  keyKind: 'signed',
  scopes: ['logs:write', 'metrics:write', 'traces:write'],
  advice:
    'The signature is the HMAC-SHA256 of the body, exactly as it is sent, under the secret. It lets no one change a request on its way, and the secret itself is never sent.',
  snippets: ({ http }, { key, secret }) => {
    const sender = { origin: http, key, secret };
    return [
      { title: 'A log', text: signedCurl({ ...sender, path: '/v1/logs', body: FIRST_LOG_BODY }) },
      { title: 'A metric', text: signedCurl({ ...sender, path: '/v1/metrics', body: FIRST_METRIC_BODY }) },
      {
        title: 'A span',
        text: signedCurl({ ...sender, path: '/v1/traces', body: FIRST_SPAN_BODY, isExpression: true }),
      },
    ];
  },
};

/** A web page that reports its visits. A text body makes it a simple request: no preflight, and `sendBeacon` may send it while the page closes. */
export const BROWSER: SendWay = {
  id: 'browser',
  label: 'Browser (RUM)',
  signals: ['rum'],
  keyKind: 'browser',
  scopes: ['rum:write'],
  advice:
    'Put this into your pages. The key is not secret: it can only write RUM events, and only from the origins that it allows. A page with a Content-Security-Policy must allow this address in connect-src.',
  snippets: ({ http }, { key }) => [
    {
      title: 'In the page',
      text: lines(
        '<script type="module">',
        `  const endpoint = ${quoted(`${http}/v1/rum?key=${percentEncoded(key)}`)};`,
        "  const application = 'my-shop';",
        "  const newId = () => crypto.getRandomValues(new Uint32Array(4)).join('-');",
        '  const sessionId = (sessionStorage.aegisSession ??= newId());',
        '  const viewId = newId();',
        '',
        '  function report(event) {',
        '    const { href: url } = location;',
        '    const events = [{ timestamp: Date.now(), viewId, url, ...event }];',
        '    const body = JSON.stringify({ application, sessionId, events });',
        '    if (!navigator.sendBeacon(endpoint, body)) {',
        "      fetch(endpoint, { method: 'POST', body, keepalive: true }).catch(() => {});",
        '    }',
        '  }',
        '',
        "  report({ type: 'view', name: document.title });",
        "  addEventListener('error', ({ message, error }) =>",
        "    report({ type: 'error', name: message, stack: error?.stack }),",
        '  );',
        "  addEventListener('unhandledrejection', ({ reason }) =>",
        "    report({ type: 'error', name: String(reason?.message ?? reason), stack: reason?.stack }),",
        '  );',
        '',
        '  // The largest paint is known for good when the page is left.',
        '  let largestPaint;',
        '  new PerformanceObserver((list) => {',
        '    largestPaint = list.getEntries().at(-1);',
        "  }).observe({ type: 'largest-contentful-paint', buffered: true });",
        "  addEventListener('visibilitychange', () => {",
        "    if (document.visibilityState === 'hidden' && largestPaint) {",
        "      report({ type: 'vital', name: 'LCP', value: largestPaint.startTime });",
        '      largestPaint = undefined;',
        '    }',
        '  });',
        '</script>',
      ),
    },
  ],
};
