/* Speaks lines of its standard input by RHVoice's library for Windows: rhvoice.py compiles it, and Wine runs it.

   rhvoice.exe LIBRARY DATA
   A line: voice, rate, pitch (1 is usual), file to write, text in UTF-8, with tabs between; file names are ASCII. What
   fails has no file. Ends with 2 without the library, with 3 without its functions, with 4 without its data. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { FIELDS = 5, LONGEST = 1 << 16, RATE = 24000 };

/* As in RHVoice.h 1.14; events that nobody waits for are null. */
typedef struct {
  int (*set_sample_rate)(int, void *);
  int (*play_speech)(const short *, unsigned, void *);
  void *others[7];
} Callbacks;
typedef struct {
  const char *data, *config, **resources;
  Callbacks callbacks;
  unsigned options;
} Settings;
typedef struct {
  const char *voice;
  double absolute_rate, absolute_pitch, absolute_volume, relative_rate, relative_pitch, relative_volume;
  int punctuation;
  const char *punctuation_list;
  int capitals, flags;
} Manner;
typedef void *(*NewEngine)(Settings *);
typedef void *(*NewMessage)(void *, const char *, unsigned, int, Manner *, void *);
typedef int (*Speak)(void *);
typedef void (*Delete)(void *);

static short *samples;
static unsigned count, room;
static int rate = RATE;

static int on_rate(int given, void *user) {
  rate = given;
  return 1;
}

static int on_speech(const short *part, unsigned size, void *user) {
  if (count + size > room) {
    room = 2 * (count + size);
    samples = realloc(samples, room * sizeof *samples);
    if (!samples) exit(1);
  }
  memcpy(samples + count, part, size * sizeof *part);
  count += size;
  return 1;
}

static void write_wav(const char *path) {
  unsigned bytes = count * sizeof *samples;
  struct {
    char riff[4];
    unsigned size;
    char wave[8];
    unsigned format_size;
    unsigned short format, channels;
    unsigned rate, bytes_a_second;
    unsigned short frame, bits;
    char data[4];
    unsigned bytes;
  } head = {"RIFF", 36 + bytes, "WAVEfmt ", 16, 1, 1, rate, 2 * rate, 2, 16, "data", bytes};
  FILE *file = fopen(path, "wb");
  if (!file) return;
  fwrite(&head, sizeof head, 1, file);
  fwrite(samples, sizeof *samples, count, file);
  fclose(file);
}

int main(int argc, char **argv) {
  static char line[LONGEST];
  const char *none[] = {NULL};
  HMODULE library = argc == 3 ? LoadLibraryA(argv[1]) : NULL;
  if (!library) return 2;
  Speak speak = (Speak)GetProcAddress(library, "RHVoice_speak");
  NewMessage new_message = (NewMessage)GetProcAddress(library, "RHVoice_new_message");
  Delete delete_message = (Delete)GetProcAddress(library, "RHVoice_delete_message");
  NewEngine new_engine = (NewEngine)GetProcAddress(library, "RHVoice_new_tts_engine");
  if (!speak || !new_message || !delete_message || !new_engine) return 3;
  Settings settings = {argv[2], argv[2], none, {on_rate, on_speech}};
  void *engine = new_engine(&settings);
  if (!engine) return 4;
  while (fgets(line, sizeof line, stdin)) {
    char *field[FIELDS], *part = strtok(line, "\t\r\n");
    int found = 0;
    for (; part && found < FIELDS; part = strtok(NULL, "\t\r\n")) field[found++] = part;
    if (found < FIELDS) continue;
    Manner manner = {field[0], 0, 0, 0, atof(field[1]), atof(field[2]), 1, .flags = 1};
    void *message = new_message(engine, field[4], strlen(field[4]), 0, &manner, NULL);
    if (!message) continue;
    count = 0;
    speak(message);
    delete_message(message);
    if (count) write_wav(field[3]);
  }
  return 0;
}
