"""The add-in and the button templates, built without Excel from ``xl_addin`` and the registry."""
