"""stub"""


def participant_plan(facts, title, language):
    return {"resourceType": "Bundle", "type": "document"}


def gp_summary(facts, title, language):
    return {"resourceType": "Bundle", "type": "document"}
