"""Russian words for what the tables keep in English; programs get the English by `--json`."""

STATES = {
    "accepted": "принято",
    "in_review": "на проверке",
    "unconfirmed": "не подтверждено",
    "new": "новая",
    "in_work": "в работе",
    "done": "выполнена",
    "cancelled": "отменена",
}
KINDS = {"reprogramming": "перепрограммирование", "call_back": "перезвонить", "outage": "отключение света"}
ZONES = {"T": "одна", "T1": "Т1", "T2": "Т2", "T3": "Т3"}
ENDED_BY = {
    "line": "попрощались",
    "completed": "трубка положена",
    "hangup": "трубка положена в очереди",
    "idle": "связь потеряна",
    "busy": "занято",
    "failed": "сбой связи",
    "no-answer": "нет ответа",
    "canceled": "отменён",
}
OUTCOMES = {
    "waiting": "ждёт",
    "talked": "поговорили",
    "nobody": "никто не ответил",
    "call_back": "попросил перезвонить",
    "back_to": "вернулся на линию",
    "gone": "положил трубку",
    "danger": "говорит об опасности",
    "menu": "вернуться в меню",
    "duty": "звонок принят клавишей",
}
NOTES = {
    "result": "сделано",
    "left": "сделано после ухода",
    "outcome": "исход передачи",
    "retract": "«назад»",
    "restart": "разговор начат заново",
    "failure": "сбой",
    "status": "статус звонка",
    "queue": "выбор в очереди",
}
COMMANDS = {
    "SubmitReadings": "показания записаны",
    "TakeRequest": "заявка записана",
    "ChooseAccount": "лицевой счёт выбран",
}
