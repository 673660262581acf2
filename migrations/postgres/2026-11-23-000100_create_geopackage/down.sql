-- Takes back: the function. The extension and its reference systems stay, others may use them.

DROP FUNCTION diachinh_add_display;
