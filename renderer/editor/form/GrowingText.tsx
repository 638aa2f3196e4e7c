/** A textarea as high as its text. */
import { type ComponentProps, useEffect, useLayoutEffect, useRef } from 'react';

/** Its border is not part of what it scrolls. */
function setHeight(element: HTMLTextAreaElement): void {
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
}

export function GrowingText(props: ComponentProps<'textarea'>) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (area.current) setHeight(area.current);
  });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      setHeight(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <textarea ref={area} {...props} />;
}
