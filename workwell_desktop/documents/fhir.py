"""stub"""
def participant_plan(facts, title, language):
    return {"resourceType": "Bundle", "type": "document"}
