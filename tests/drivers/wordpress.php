<?php
/* Makes WordPress's tables, and the posts that test_wordpress_heavy.py asks for. Run by PHP's command line. */
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('WEIR_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('WEIR_URL'), PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
require getenv('WEIR_SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

function wp_mail() { return true; }

function post($title, $date, $more = []) {
    $plain = [
        'post_title' => $title, 'post_status' => 'publish', 'post_author' => 1, 'post_date' => $date,
        'post_content' => "<!-- wp:paragraph --><p>The tide of $title went out at nine & came back.</p><!-- /wp:paragraph -->",
        'post_category' => [$GLOBALS['category']], 'tags_input' => ['Locks'],
    ];
    return wp_insert_post(array_merge($plain, $more));
}

function changed($post, $local, $utc) {
    global $wpdb;
    $wpdb->update($wpdb->posts, ['post_modified' => $local, 'post_modified_gmt' => $utc], ['ID' => $post]);
}

wp_install('Lock & Weir', 'ada', 'ada@weir.example', true, '', 'low-tide-at-nine-1907');
wp_delete_post(1, true);
update_option('timezone_string', 'Europe/Lisbon');
update_option('blogdescription', 'Slow water');
$wp_rewrite->set_permalink_structure('/%postname%/');
flush_rewrite_rules(false);
wp_update_user(['ID' => 1, 'display_name' => 'Ada Quill']);
$category = wp_insert_term('Arts & Letters', 'category')['term_id'];

$noon = strtotime('2024-10-25 12:00:00');
for ($number = 0; $number < 110; $number++) {
    post("Number $number", date('Y-m-d H:i:s', $noon - $number * 3 * 3600));
}
post('Secret', '2024-10-25 11:30:00', ['post_password' => 'x']);
post('A draft', '2024-10-25 11:30:00', ['post_status' => 'draft']);
post('Scheduled', '2099-10-25 11:30:00', ['post_status' => 'future']);
stick_post(post('Sticky', '2024-09-01 09:00:00'));
$back_dated = post('Back-dated', '2020-01-01 09:00:00');
post('Old', '2020-01-02 09:00:00');
$wpdb->query("UPDATE $wpdb->posts SET post_modified = post_date, post_modified_gmt = post_date_gmt");
changed($back_dated, '2024-10-24 09:00:00', '2024-10-24 08:00:00');

$place = wp_upload_dir();
$picture = wp_insert_attachment(
    ['post_title' => 'gate', 'post_mime_type' => 'image/png', 'post_excerpt' => 'The upper gate. Photo: Tam Reedy',
     'guid' => $place['url'] . '/gate.png'],
    $place['path'] . '/gate.png'
);
update_post_meta($picture, '_wp_attachment_image_alt', 'Seen from the towpath');
wp_update_attachment_metadata($picture, [
    'width' => 3000, 'height' => 2000, 'file' => ltrim($place['subdir'], '/') . '/gate.png',
    'sizes' => ['1536x1536' => ['file' => 'gate-1536x1024.png', 'width' => 1536, 'height' => 1024, 'mime-type' => 'image/png']],
]);
$first = get_posts(['title' => 'Number 0', 'post_status' => 'publish'])[0];
set_post_thumbnail($first->ID, $picture);
