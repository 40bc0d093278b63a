"""Why a file could not be read or written, in Russian."""

import errno

_REASONS = {
    errno.ENOENT: "такого файла или папки нет",
    errno.EISDIR: "это папка, а нужен файл",
    errno.ENOTDIR: "часть пути — файл, а не папка",
    errno.EACCES: "нет прав",
    errno.EPERM: "нет прав",
    errno.EROFS: "диск только для чтения",
    errno.ENOSPC: "на диске нет места",
    errno.EDQUOT: "исчерпана квота на диске",
    errno.ENAMETOOLONG: "слишком длинное имя",
    errno.ELOOP: "ссылки указывают друг на друга",
    errno.EIO: "ошибка чтения или записи на диске",
}


def reason(error: OSError) -> str:
    """With the file where the system names it."""
    why = _REASONS.get(error.errno or 0) or str(error.strerror or error)
    return why if error.filename is None else f"{error.filename}: {why}"
