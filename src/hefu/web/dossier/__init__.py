"""The dossier page and the forms of acts, for everybody who may see the dossier."""
