/*
 * Runs a fuzz target over files and folders, under any compiler: each corpus
 * is a regression test.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static size_t files;

static void
run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	static uint8_t bytes[4 << 20];
	size_t size = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0;
	/* A copy of the exact size, so that a sanitizer sees one byte more. */
	uint8_t *exact = malloc(size != 0 ? size : 1);

	if (file == NULL || exact == NULL) {
		printf("not ok - %s cannot be read\n", path);
		exit(1);
	}
	fclose(file);
	memcpy(exact, bytes, size);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	files++;
}

static void
run(const char *path)
{
	struct stat info;
	DIR *folder;

	if (stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
		run_file(path);
		return;
	}
	folder = opendir(path);
	if (folder == NULL) {
		printf("not ok - %s cannot be read\n", path);
		exit(1);
	}
	for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
		char inner[4096];

		if (e->d_name[0] == '.')
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
		run(inner);
	}
	closedir(folder);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run(argv[i]);
	printf("%s - %s reads its corpus of %zu without a finding\n",
	    files > 0 ? "ok" : "not ok", argv[0], files);
	return files > 0 ? 0 : 1;
}
