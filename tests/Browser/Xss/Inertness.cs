using System.Text.Json;
using Kiln.Browser.Harness;
using Microsoft.Playwright;

namespace Kiln.Browser.Xss;

/// <summary>
/// Looks in the real browser whether an author's text stayed text (security.md B3, B5, B9): no script ran, nobody asked the canary, and inside the containers there is no
/// element, attribute, address, id or position that only a page may have. The same once more after the browser's own reading was written out and read again.
/// </summary>
public static class Inertness
{
    private const string Inspect = """
        (options) => {
          const problems = [];
          const forbidden = new Set(['script', 'style', 'form', 'input', 'textarea', 'select', 'option', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'meta', 'link',
            'template', 'svg', 'math', 'audio', 'dialog', 'portal', 'marquee', 'canvas', 'slot', 'area', 'map', 'html', 'head', 'body', 'title', 'noscript', 'plaintext', 'xmp', 'listing',
            'font', 'track', 'param', 'keygen', 'fieldset', 'label', 'output', 'menu', 'image', 'fencedframe']);
          const attributes = new Set(['align', 'alt', 'aria-label', 'aria-hidden', 'class', 'colspan', 'controls', 'data-copy', 'datetime', 'dir', 'height', 'href', 'id', 'lang', 'loading', 'media', 'open', 'preload', 'rel',
            'reversed', 'role', 'rowspan', 'scope', 'src', 'srcset', 'start', 'tabindex', 'title', 'type', 'valign', 'value', 'width', ...options.attributes]);
          const check = (root, where) => {
            const box = root.getBoundingClientRect();
            for (const element of root.querySelectorAll('*')) {
              const name = element.localName;
              const say = (what) => problems.push(`${where}: <${name}> ${what}: ${element.outerHTML.slice(0, 200)}`);
              if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') say('is foreign');
              if (forbidden.has(name) || name.includes('-')) say('is not allowed');
              if (name === 'button' && !element.matches('button.copy[type=button]')) say('is not ours');
              for (const attribute of element.attributes) {
                if (!attributes.has(attribute.name)) say(`has ${attribute.name}`);
                if (attribute.name === 'id' && !attribute.value.startsWith('user-content-')) say('has an id of the page');
                if (['href', 'src', 'srcset'].includes(attribute.name)) {
                  let url;
                  try { url = new URL(attribute.value, document.baseURI); } catch { say('has no address'); continue; }
                  if (attribute.name === 'href') {
                    if (!['http:', 'https:', 'mailto:', location.protocol].includes(url.protocol)) say('leads to ' + url.protocol);
                  } else if (url.origin !== location.origin && !(url.protocol === 'https:' && options.imageHosts.includes(url.hostname))) {
                    say('loads from elsewhere');
                  }
                }
              }
              if (element.tagName === 'A' && element.target) say('has a target');
              const style = getComputedStyle(element);
              if (!['static', 'relative'].includes(style.position) && !element.matches(options.positioned)) say('is positioned ' + style.position);
              const place = element.getBoundingClientRect();
              if (place.width > 0 && place.height > 0 && (place.left < box.left - 1 || place.top < box.top - 1)) say('lies outside');
            }
          };
          const roots = [...document.querySelectorAll(options.selector)];
          for (const root of roots) check(root, root.dataset.payload ?? options.selector);
          // All at once: a change between two measurements would lay the page out anew for each.
          const copies = document.createElement('div');
          for (const root of roots) {
            const again = document.createElement('div');
            again.innerHTML = root.innerHTML;
            again.dataset.payload = root.dataset.payload ?? options.selector;
            again.style = 'display: flow-root; overflow: auto';
            copies.append(again);
          }
          document.body.append(copies);
          for (const again of copies.children) check(again, 'read again: ' + again.dataset.payload);
          copies.remove();
          if (window.__xss !== undefined) problems.push('a script ran');
          return { count: roots.length, problems: problems.slice(0, 20) };
        }
        """;

    /// <param name="selector">The containers of an author's text; a <c>data-payload</c> on one names it in messages.</param>
    /// <param name="positioned">Elements of ours inside them that may be positioned.</param>
    /// <param name="attributes">Attributes of ours inside them beyond those of Markdown.</param>
    /// <returns>How many containers there were.</returns>
    public static async Task<int> AssertAsync(BrowserPage page, string selector, string positioned = ".copy, .anchor", params string[] attributes)
    {
        var result = await page.Tab.EvaluateAsync<JsonElement>(Inspect, new { selector, positioned, attributes, imageHosts = new[] { "ok.test" } });
        Assert.Empty(result.GetProperty("problems").EnumerateArray().Select(p => p.GetString()));
        Assert.DoesNotContain(page.Requests, r => Uri.TryCreate(r, UriKind.Absolute, out var address) && address.Host.Contains(XssCorpus.Canary, StringComparison.OrdinalIgnoreCase));
        return result.GetProperty("count").GetInt32();
    }
}
