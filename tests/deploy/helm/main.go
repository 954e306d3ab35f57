// Renders a chart's templates as Helm does: Go's own template engine, and the functions that this chart uses.
// Reads {"Values": …, "Release": …} from stdin, takes the folder of the templates, prints the documents.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"
)

func indent(width int, text string) string {
	pad := strings.Repeat(" ", width)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}

func number(value interface{}) int {
	switch found := value.(type) {
	case float64:
		return int(found)
	case int:
		return found
	}
	return 0
}

func isEmpty(value interface{}) bool {
	truth, ok := template.IsTrue(value)
	return !ok || !truth
}

func asJson(value interface{}) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

func main() {
	var given map[string]interface{}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	var all *template.Template
	all = template.New("chart").Option("missingkey=error").Funcs(template.FuncMap{
		"include": func(name string, data interface{}) (string, error) {
			var out strings.Builder
			err := all.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"toYaml":  asJson, // which is YAML
		"toJson":  asJson,
		"nindent": func(width int, text string) string { return "\n" + indent(width, text) },
		"quote": func(value interface{}) (string, error) {
			text, err := json.Marshal(fmt.Sprint(value))
			return string(text), err
		},
		"default": func(other, value interface{}) interface{} {
			if isEmpty(value) {
				return other
			}
			return value
		},
		"trunc":      func(most int, text string) string { return text[:min(most, len(text))] },
		"trimSuffix": func(suffix, text string) string { return strings.TrimSuffix(text, suffix) },
		"int":        number,
		"add": func(values ...interface{}) (sum int) {
			for _, value := range values {
				sum += number(value)
			}
			return
		},
		"fail": func(message string) (string, error) { return "", fmt.Errorf("%s", message) },
	})
	files, _ := filepath.Glob(filepath.Join(os.Args[1], "*"))
	sort.Strings(files)
	template.Must(all.ParseFiles(files...))
	for _, file := range files {
		if strings.HasSuffix(file, ".tpl") {
			continue
		}
		fmt.Println("---")
		if err := all.ExecuteTemplate(os.Stdout, filepath.Base(file), given); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}
