"""Where the parts are joined: settings, wiring, the pipeline, commands and pages. Holds no rule of the domain."""
