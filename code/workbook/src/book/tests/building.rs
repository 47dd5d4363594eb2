//! A whole site: built, refused, judged without being built, and as `mdbook` builds it.

use super::*;

#[test]
fn the_site_is_built_with_its_numbers_and_its_mistakes() {
    let (_folder, project) = measured();
    let chapter = "# Cache\n\nWe do {{#result evolution/s01-cache}}. \
        {{#claim evolution/s01-cache > 3 * evolution/s00-baseline}}\n\n{{#chart evolution}}\n\n{{#diff s01-cache}}\n\n\
        {{#reslt x}}\n\n| a | b |\n|---|---|\n| {{#result evolution/s00-baseline}} | c |\n\n```mermaid\ngraph TD\n```\n";
    std::fs::write(project.book().join("evolution/s01-cache.md"), chapter).unwrap();
    let summary = "# Summary\n\n- [Cache](evolution/s01-cache.md)\n- [Gone](gone.md)\n";
    std::fs::write(project.book().join("SUMMARY.md"), summary).unwrap();
    let out = project.root.join("target/site");
    let built = build(&project, &out, &Options::default()).unwrap();
    let said: Vec<String> = built.problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(
        said[0],
        "book/SUMMARY.md:4: the chapter `gone.md` is not there"
    );
    assert!(said[1].starts_with("book/evolution/s01-cache.md:9: there is no directive `reslt`"));
    let page = std::fs::read_to_string(out.join("evolution/s01-cache.html")).unwrap();
    for part in [
        ">5,210\u{a0}lines/s</span>",
        "claim-holds",
        "<svg role=\"img\"",
        "<span class=\"line add\" data-sign=\"+\">    remember(ask());\n</span>",
        "<aside class=\"problem\"><strong>book/evolution/s01-cache.md:9</strong>",
        "<td><span class=\"measured\"",
        "<pre class=\"mermaid\">graph TD",
        "src=\"../theme/mermaid.min.js\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(out.join("theme/mermaid.min.js").is_file());
    let index = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(
        index.contains("src=\"theme/mermaid.min.js\""),
        "the copy at the root finds it too"
    );
    // The same again, from other results: what is there is a site and may be replaced.
    measure(&project, 4210.0);
    build(&project, &out, &Options::default()).unwrap();
    let page = std::fs::read_to_string(out.join("evolution/s01-cache.html")).unwrap();
    assert!(page.contains(">4,210\u{a0}lines/s</span>") && !page.contains("5,210"));
}

#[test]
fn a_folder_with_something_else_in_it_is_not_emptied() {
    let (_folder, project) = measured();
    let out = project.root.join("mine");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("diary.txt"), "dear").unwrap();
    let error = build(&project, &out, &Options::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("is not empty and holds no earlier build of the book: name a new folder")
    );
    assert!(build(&project, &project.root, &Options::default()).is_err());
    assert!(build(&project, &project.book().join("site"), &Options::default()).is_err());
    assert!(out.join("diary.txt").is_file());
}

#[test]
fn checking_judges_without_building() {
    let (_folder, project) = measured();
    assert_eq!(check(&project).unwrap(), []);
    let chapter = "# Cache\n\n{{#claim evolution/s01-cache > 9 * evolution/s00-baseline}}\n";
    std::fs::write(project.book().join("evolution/s01-cache.md"), chapter).unwrap();
    let problems = check(&project).unwrap();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].line, Some(3));
}

#[test]
fn mdbooks_own_program_gets_the_same_text() {
    let (_folder, project) = measured();
    let text = "# Cache\n\n{{#result evolution/s01-cache}}\n\n<pre class=\"mermaid\">graph</pre>\n";
    let chapter = Chapter::new("Cache", text.into(), "evolution/s01-cache.md", Vec::new());
    let book = Book::new_with_items(vec![chapter.into()]);
    let mut config = Config::default();
    config.build.build_dir = "target/book".into();
    let context = PreprocessorContext::new(project.root.clone(), config, "html".into());
    let question = serde_json::to_vec(&(context, book)).unwrap();
    let mut given = Vec::new();
    let problems = answer(&project, question.as_slice(), &mut given).unwrap();
    assert_eq!(problems, []);
    let book: Book = serde_json::from_slice(&given).unwrap();
    let content = &book.chapters().next().unwrap().content;
    assert!(content.contains(">5,210\u{a0}lines/s</span>"));
    assert!(content.ends_with("src=\"../theme/diagrams.js\"></script>\n"));
    assert!(project.book().join("theme/mermaid.min.js").is_file());
}
