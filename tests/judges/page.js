// What a test asks of the page that stands in Chromium. Evaluated once; every answer says which element and why.
window.judge = (() => {
  const where = (element) => {
    const path = [];
    for (let at = element; at && at.parentElement; at = at.parentElement) {
      const alike = [...at.parentElement.children].filter((each) => each.tagName === at.tagName);
      const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : "";
      path.unshift(at.tagName.toLowerCase() + place);
    }
    return `${path.slice(-6).join(" > ")}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 160)}`;
  };

  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const isClear = (colour) => channels(colour)[3] === 0;
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((each) => {
      const share = each / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };
  const ground = (element) => {
    let at = element;
    while (at && isClear(getComputedStyle(at).backgroundColor)) at = at.parentElement;
    return at ? getComputedStyle(at).backgroundColor : "rgb(255, 255, 255)";
  };

  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() && element.checkVisibility()) found.push([walker.currentNode.data, element]);
    }
    return found;
  };

  return {
    texts: () => texts().length,

    faint: (least) =>
      texts().flatMap(([, element]) => {
        const { color } = getComputedStyle(element);
        const paper = ground(element);
        const found = ratio(color, paper);
        return found < least ? [`${found.toFixed(2)} (${color} on ${paper}) ${where(element)}`] : [];
      }),

    small: (least) =>
      texts().flatMap(([, element]) => {
        const size = parseFloat(getComputedStyle(element).fontSize);
        return size < least ? [`${size}px ${where(element)}`] : [];
      }),

    // A link must be told by more than its colour. Where it is all that its heading says it may go without a line.
    plainLinks: () =>
      [...document.links]
        .filter((link) => link.textContent.trim() && link.checkVisibility())
        .filter((link) => link.closest("h1, h2, h3")?.textContent.trim() !== link.textContent.trim())
        .filter((link) => !getComputedStyle(link).textDecorationLine.includes("underline"))
        .map(where),

    // What reaches over the window's edges, also where no scrolling would bring it into view.
    wide: () => {
      const width = document.documentElement.clientWidth;
      const boxes = [...document.body.querySelectorAll("*")]
        .filter((element) => element.checkVisibility())
        .map((element) => [element.getBoundingClientRect(), element]);
      for (const [, element] of texts()) {
        const range = document.createRange();
        range.selectNodeContents(element);
        boxes.push(...[...range.getClientRects()].map((box) => [box, element]));
      }
      return boxes
        .filter(([box]) => box.width && (box.right > width + 0.5 || box.left < -0.5))
        .map(([box, element]) => `${Math.round(box.left)} to ${Math.round(box.right)} of ${width} px: ${where(element)}`);
    },

    // Remembers the computed style of every element; the second call tells what is not the same.
    keepStyles: () => {
      window.kept = [document.body, ...document.body.querySelectorAll("*")].map((element) => {
        const style = getComputedStyle(element);
        return [element.tagName, [...style].map((name) => [name, style.getPropertyValue(name)])];
      });
      return window.kept.length;
    },

    otherStyles: () => {
      const elements = [document.body, ...document.body.querySelectorAll("*")];
      if (elements.length !== window.kept.length) return [`${window.kept.length} elements became ${elements.length}`];
      return elements.flatMap((element, place) => {
        const [tag, kept] = window.kept[place];
        if (tag !== element.tagName) return [`${tag} became ${where(element)}`];
        const style = getComputedStyle(element);
        const other = kept.filter(([name, value]) => style.getPropertyValue(name) !== value);
        const said = other.slice(0, 6).map(([name, value]) => `${name}: ${value} -> ${style.getPropertyValue(name)}`);
        return other.length ? [`${said.join("; ")} at ${where(element)}`] : [];
      });
    },

    // Every picture that shows: its address, its own shape and the one that it is drawn in.
    shapes: () =>
      [...document.images]
        .filter((image) => image.checkVisibility() && image.naturalWidth)
        .map((image) => [image.src, image.naturalWidth / image.naturalHeight, image.width / image.height]),

    // The last style sheet is the one that inlining keeps.
    rules: () => {
      const sheet = [...document.styleSheets].at(-1);
      return [...sheet.cssRules].map((rule) => rule.cssText);
    },

    axe: async (tags) => {
      const { violations, incomplete } = await axe.run({
        runOnly: { type: "tag", values: tags },
        resultTypes: ["violations", "incomplete"],
      });
      const told = (results) =>
        results.flatMap(({ id, nodes }) =>
          nodes.map(({ target, html, failureSummary }) => {
            const why = failureSummary.split("\n").slice(1).join(" ").trim();
            return `${id} at ${target.join(" ")}: ${why}: ${html.replace(/\s+/g, " ").slice(0, 160)}`;
          }),
        );
      return { violations: told(violations), incomplete: told(incomplete) };
    },
  };
})();
