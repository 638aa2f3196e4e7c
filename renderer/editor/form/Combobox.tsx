/** A field of text with a list of what is likely meant: any other text is as good. */
import { Popover } from 'radix-ui';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Glyph } from '../../ui/Glyph.tsx';
import { suggestionsFor } from './suggestions.ts';

interface ComboboxProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  readonly suggestions: readonly string[];
  readonly placeholder?: string;
  readonly className?: string;
  readonly describedBy?: string | undefined;
  readonly isDisabled?: boolean;
  readonly hasFocusAtFirst?: boolean;
  /** At each key, and when one is chosen. */
  readonly onChange: (value: string) => void;
  /** When one is chosen from the list, or Enter is pressed in the field. */
  readonly onCommit?: (value: string) => void;
  readonly onLeave?: () => void;
  /** Keys that neither the field nor its list answers. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

export function Combobox(props: ComboboxProps) {
  const { value, suggestions, onChange, onCommit, className = '' } = props;
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [isTyped, setTyped] = useState(false);
  const [active, setActive] = useState(-1);
  // Opened without a word typed it shows all: the person looks for another one.
  const shown = suggestionsFor(suggestions, isTyped ? value : '');
  const isListOpen = isOpen && shown.length > 0;

  const open = () => {
    setTyped(false);
    setActive(suggestions.indexOf(value));
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (choice: string) => {
    onChange(choice);
    onCommit?.(choice);
    close();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const choice = isListOpen ? shown[active] : undefined;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (isPlain && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      if (!isListOpen) open();
      else
        setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + shown.length + (active < 0 ? 1 : 0)) % shown.length);
    } else if (isPlain && event.key === 'Enter' && choice !== undefined) choose(choice);
    else if (isPlain && event.key === 'Enter' && onCommit) {
      onCommit(value);
      close();
    } else if (event.key === 'Escape' && isListOpen) close();
    else {
      props.onKeyDown?.(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Popover.Root open={isListOpen} onOpenChange={(next) => next || close()}>
      <Popover.Anchor asChild>
        <span className={`combo ${className}`.trim()}>
          <input
            ref={input}
            id={props.id}
            className="field__input combo__input"
            role="combobox"
            aria-label={props.label}
            aria-autocomplete="list"
            aria-expanded={isListOpen}
            aria-controls={isListOpen ? listId : undefined}
            aria-activedescendant={isListOpen && active >= 0 ? `${listId}-${active}` : undefined}
            aria-describedby={props.describedBy}
            autoComplete="off"
            dir="auto"
            value={value}
            placeholder={props.placeholder}
            disabled={props.isDisabled}
            // biome-ignore lint/a11y/noAutofocus: it appears because the person asked for it
            autoFocus={props.hasFocusAtFirst}
            onChange={(event) => {
              setTyped(true);
              setActive(-1);
              setOpen(true);
              onChange(event.target.value);
            }}
            onClick={() => (isListOpen ? close() : open())}
            onKeyDown={onKeyDown}
            onBlur={() => {
              close();
              props.onLeave?.();
            }}
          />
          <Glyph name="down" size={12} className="combo__sign" />
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          role="presentation"
          className="menu combo__menu"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && input.current?.contains(event.target)) event.preventDefault();
          }}
        >
          <div role="listbox" id={listId} aria-label={props.label ?? 'Suggestions'} className="combo__list">
            {shown.map((choice, index) => (
              <div
                key={choice}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className={index === active ? 'row is-selected' : 'row'}
                // The focus stays in the field.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
                onKeyDown={() => {}}
              >
                <span className="clip" dir="auto">
                  {choice}
                </span>
                {choice === value && <Glyph name="check" size={12} className="push" />}
              </div>
            ))}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
