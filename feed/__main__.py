"""`python -m feed ...` is the command `feed ...`."""

if __name__ == "__main__":
    from feed.app.cli import main  # here, so that looking at this module costs and does nothing

    main()
